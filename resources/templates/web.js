"use strict";
// What the page does: repaints the map when it has come to rest, answers a tap, opens and closes its panels.
// Values are set as text, never as HTML.

const NARROW = window.matchMedia("(max-width: 760px)"), PAPER = window.matchMedia("print");

// Leaflet moves and stretches the canvas while a finger does; the painter fills it afterwards.
const Sheet = L.Renderer.extend({
  initialize(data) { L.Renderer.prototype.initialize.call(this, { padding: 0.15 }); this.data = data; },
  _initContainer() { this._container = document.createElement("canvas"); this._container.style.pointerEvents = "none"; },
  _destroyContainer() { this._container.remove(); },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const canvas = this._container, size = this._bounds.getSize(), dense = PAPER.matches ? 3 : Math.min(3, window.devicePixelRatio || 1);
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(size.x * dense); canvas.height = Math.round(size.y * dense);
    canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
    this.repaint();
  },
  repaint() {
    if (!this._map || !this._bounds || !this._bounds.getSize().x || !this._bounds.getSize().y) return;
    const canvas = this._container, ctx = canvas.getContext("2d"), dense = canvas.width / this._bounds.getSize().x;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(dense, 0, 0, dense, -this._bounds.min.x * dense, -this._bounds.min.y * dense);
    this.view = new View(this._map, this.data, this._bounds);
    this.picture = new Picture(ctx, this.view, this.data);
    this.picture.paint(this.selected);
    new Names(this.picture, this.covered()).paint();
    this.fire("painted");
  },
  // Boxes of the buttons that lie over the map.
  covered() {
    const outer = this._map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll(".leaflet-bar, .leaflet-control-scale, #open-panel, #find, #here")].map((one) => {
      const box = one.getBoundingClientRect(), at = this._map.containerPointToLayerPoint([box.left - outer.left, box.top - outer.top]);
      return [at.x - 4, at.y - 4, at.x + box.width + 4, at.y + box.height + 4];
    });
  },
});

// -- what lies under a finger -----------------------------------------------------------------------------------------

function away(x, y, strip) {
  let least = Infinity;
  for (let i = 2; i < strip.length; i += 2) {
    const ax = strip[i - 2], ay = strip[i - 1], dx = strip[i] - ax, dy = strip[i + 1] - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + share * dx - x, ay + share * dy - y));
  }
  return least;
}

function within(x, y, strips) {
  let inside = false;
  for (const strip of strips) {
    for (let i = 2; i < strip.length; i += 2) {
      const ay = strip[i - 1], by = strip[i + 1];
      if ((ay > y) !== (by > y) && x < strip[i - 2] + (y - ay) / (by - ay) * (strip[i] - strip[i - 2])) inside = !inside;
    }
  }
  return inside;
}

// Symbols first, the nearest foremost; then lines and areas, what was painted last foremost; bare outlines (districts,
// streets) last, because everything lies in one.
function underFinger(sheet, x, y, reach) {
  const view = sheet.view, found = [];
  sheet.picture.shown.forEach(({ layer, features }, place) => {
    for (const feature of features) {
      let distance = Infinity, rank = 1;
      if (layer.kind === "point") {
        rank = 0;
        const icon = feature.m && sheet.data.icons[feature.m[feature.m.length - 1]];
        for (const [px, py] of sheet.picture.places(feature)) distance = Math.min(distance, Math.hypot(px - x, py - y));
        if (distance > Math.max(reach, icon ? icon.w / 2 * view.markerMm(icon) : 0)) continue;
      } else {
        if (!view.sees(feature.box, 60)) continue;
        const strips = feature.p.map((strip) => view.strip(strip));
        if (layer.kind === "line") {
          distance = Math.min(...strips.map((strip) => away(x, y, strip)));
          if (distance > reach) continue;
        } else if (!within(x, y, strips)) continue;
        else if (!layer.rules[feature.r].some((symbol) => symbol.kind === "fill")) rank = 2;
      }
      found.push({ layer, feature, rank, distance, place });
    }
  });
  return found.sort((a, b) => a.rank - b.rank || (a.rank ? b.place - a.place : a.distance - b.distance)).slice(0, 12);
}

// -- the card ---------------------------------------------------------------------------------------------------------

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text != null) made.textContent = text;
  return made;
}

function minutesOfArc(degrees) {
  const seconds = Math.round(Math.abs(degrees) * 3600), pad = (number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}°${pad(Math.floor(seconds / 60) % 60)}′${pad(seconds % 60)}″`;
}

class Card {
  constructor(map, sheet) {
    this.map = map; this.sheet = sheet; this.root = document.getElementById("card");
    L.DomEvent.disableClickPropagation(this.root); L.DomEvent.disableScrollPropagation(this.root);
  }
  show(found, at) {
    this.found = found; this.at = at; this.told = false;
    this.pick(0);
    this.root.hidden = false;
    this.keepInSight();
  }
  pick(number) {
    const { layer, feature } = this.found[number], { words, say } = this.sheet.data;
    const top = element("div", "top"), heading = element("h2"), close = element("button", "", "×");
    heading.append(element("small", "", layer.title), feature.t == null ? layer.title : words[feature.t]);
    if (feature.t == null) heading.firstChild.remove();
    close.type = "button"; close.setAttribute("aria-label", say.close);
    close.addEventListener("click", () => this.hide());
    top.append(heading, close);
    const inside = element("div", "inside"), table = element("table"), card = feature.c || [];
    for (let i = 0; i < card.length; i += 2) {
      const row = element("tr");
      row.append(element("th", "", words[card[i]]), element("td", "", words[card[i + 1]]));
      table.append(row);
    }
    inside.append(card.length ? table : element("p", "empty", say.nothing));
    if (!this.sheet.data.public) {
      const place = `${say.east} ${minutesOfArc(this.at.lng)}　${say.north} ${minutesOfArc(this.at.lat)}`;
      inside.append(element("p", "place", say.place.replace("{place}", place)));
    }
    this.root.textContent = "";
    this.root.append(top, ...(this.found.length > 1 ? [this.others(number)] : []), inside);
    this.sheet.selected = this.found[number];
    this.sheet.repaint();
  }
  others(chosen) {
    const nav = element("nav"), { words, say } = this.sheet.data;
    nav.setAttribute("aria-label", say.here.replace("{count}", this.found.length));
    const names = this.found.map(({ layer, feature }) => (feature.t == null ? layer.title : words[feature.t]));
    this.found.forEach(({ layer }, number) => {
      const alike = names.filter((name) => name === names[number]).length > 1 && names[number] !== layer.title;
      const one = element("button", "", alike ? `${names[number]}（${layer.title}）` : names[number]);
      one.type = "button"; one.setAttribute("aria-pressed", String(number === chosen));
      one.addEventListener("click", () => this.pick(number));
      nav.append(one);
    });
    return nav;
  }
  keepInSight() {
    // Where the card lies over the tapped place, the map moves aside.
    const card = this.root.getBoundingClientRect(), box = this.map.getContainer().getBoundingClientRect();
    const point = this.map.latLngToContainerPoint(this.at), x = point.x + box.left, y = point.y + box.top;
    if (x < card.left - 20 || x > card.right + 20 || y < card.top - 20 || y > card.bottom + 20) return;
    if (NARROW.matches) this.map.panBy([0, y - (box.top + card.top) / 2]);
    else this.map.panBy([x - (box.left + card.left) / 2, 0]);
  }
  // Something that is no feature: title, rows of two, notes; the first note is the gravest.
  tell(title, rows, notes, at) {
    this.found = []; this.at = at; this.told = true;
    const top = element("div", "top"), close = element("button", "", "×"), inside = element("div", "inside"), table = element("table");
    close.type = "button"; close.setAttribute("aria-label", this.sheet.data.say.close);
    close.addEventListener("click", () => this.hide());
    top.append(element("h2", "", title), close);
    for (const [label, words] of rows) {
      const row = element("tr");
      row.append(element("th", "", label), element("td", "", words));
      table.append(row);
    }
    inside.append(...notes.slice(0, -1).map((one) => element("p", "grave", one)), table, element("p", "place", notes[notes.length - 1]));
    this.root.textContent = ""; this.root.append(top, inside); this.root.hidden = false;
    this.sheet.selected = null; this.sheet.repaint();
    this.keepInSight();
  }
  hide() { this.root.hidden = true; this.told = false; this.sheet.selected = null; this.sheet.repaint(); }
}

// -- the panel of layers ----------------------------------------------------------------------------------------------

function panelOf(map, sheet) {
  const panel = document.getElementById("panel"), opener = document.getElementById("open-panel");
  const show = (open) => {
    panel.hidden = !open; opener.hidden = open; opener.setAttribute("aria-expanded", String(open));
    map.invalidateSize({ animate: false });
  };
  opener.addEventListener("click", () => show(true));
  document.getElementById("close-panel").addEventListener("click", () => show(false));
  const rows = [...panel.querySelectorAll("[data-layer]")].map((row) => [row, sheet.data.layers[Number(row.dataset.layer)]]);
  for (const [row, layer] of rows) {
    row.querySelector("input").addEventListener("change", (event) => { layer.on = event.target.checked; sheet.repaint(); });
  }
  sheet.on("painted", () => { for (const [row, layer] of rows) row.classList.toggle("far", !shownAt(sheet.view.denominator, layer)); });
  show(!NARROW.matches);
  NARROW.onchange = () => show(!NARROW.matches); // a window may get its size after the page
  for (const mark of document.querySelectorAll("#head .mark")) mark.addEventListener("click", () => { mark.classList.toggle("whole"); map.invalidateSize(); });
}

function controls(map, data) {
  const { say } = data;
  L.control.zoom({ zoomInTitle: say.zoom_in, zoomOutTitle: say.zoom_out, position: "bottomright" }).addTo(map);
  const whole = L.control({ position: "bottomright" });
  whole.onAdd = () => {
    const bar = element("div", "leaflet-bar"), link = element("a", "whole", say.whole);
    link.href = "#"; link.setAttribute("role", "button");
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.on(link, "click", (event) => { L.DomEvent.preventDefault(event); map.fitBounds(data.bounds, { padding: [16, 16] }); });
    bar.append(link);
    return bar;
  };
  whole.addTo(map);
  const scale = L.control.scale({ imperial: false, maxWidth: 120, position: "bottomleft" });
  scale._updateMetric = function (most) {
    const metres = this._getRoundNum(most), words = metres < 1000 ? `${metres} ${say.metres}` : `${metres / 1000} ${say.kilometres}`;
    this._updateScale(this._mScale, words, metres / most);
  };
  scale.addTo(map);
}

function showWorkspace(map) {
  const data = readWorkspace(), sheet = new Sheet(data);
  map.getContainer().setAttribute("aria-label", document.title);
  controls(map, data);
  panelOf(map, sheet);
  map.setMaxZoom(data.closest);
  map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.6));
  // The whole district until somebody moves the map: a window may get its size late, and phones are turned.
  let moved = false;
  const whole = () => {
    if (moved || !map.getSize().x || !map.getSize().y) return;
    map.setMinZoom(0);
    map.fitBounds(data.bounds, { padding: [16, 16], animate: false });
    map.setMinZoom(Math.floor(map.getZoom()) - 1);
  };
  for (const kind of ["pointerdown", "touchstart", "wheel", "keydown"]) {
    map.getContainer().addEventListener(kind, () => { moved = true; }, { passive: true, capture: true });
  }
  map.on("resize", whole);
  whole();
  // What was looked at goes onto the paper, whatever the paper's shape, and comes back afterwards.
  PAPER.addEventListener("change", () => {
    const looked = map.getBounds();
    map.invalidateSize({ animate: false });
    if (moved) map.fitBounds(looked, { animate: false });
  });
  map.addLayer(sheet);
  const card = new Card(map, sheet), here = new Here(map, sheet, card);
  finderOf(map, sheet, card);
  map.on("click", (event) => {
    if (here.tapped(event.latlng)) return;
    const touch = event.originalEvent && event.originalEvent.pointerType !== "mouse";
    const found = underFinger(sheet, event.layerPoint.x, event.layerPoint.y, touch ? 20 : 9);
    if (found.length) card.show(found, event.latlng); else card.hide();
  });
  map.on("keydown", (event) => { if (event.originalEvent.key === "Escape") card.hide(); });
  // Pictures of symbols and the fonts come a moment after the page.
  Promise.all(data.icons.map((icon) => icon.picture.decode().catch(() => undefined))).then(() => sheet.repaint());
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(() => sheet.repaint());
}
