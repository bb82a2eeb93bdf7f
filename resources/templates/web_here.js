"use strict";
// Two questions people ask a map: where is it, and where do I go from here.

// -- search: name, number, initials of the pinyin ---------------------------------------------------------------------

function finderOf(map, sheet, card) {
  const { data } = sheet, field = document.getElementById("find-words"), list = document.getElementById("found");
  const all = [];
  data.layers.forEach((layer) => layer.features.forEach((feature) => {
    const name = feature.n != null ? feature.n : feature.t;
    if (name != null) all.push({ layer, feature, name: data.words[name], keys: (feature.s || "").split(" ") });
  }));
  // What people look for first: where it is dangerous, the way out, where to go.
  const first = [data.ways.zones, data.ways.layer, data.ways.shelters].filter((one) => one != null).map((one) => data.layers[one]);
  const rank = (one) => { const at = first.indexOf(one.layer); return at < 0 ? first.length : at; };
  all.sort((a, b) => rank(a) - rank(b));
  const go = (one) => {
    list.hidden = true; field.blur();
    const west = latLngOf(data, one.feature.box[0], one.feature.box[1]), east = latLngOf(data, one.feature.box[2], one.feature.box[3]);
    const bounds = L.latLngBounds([west, east]);
    map.fitBounds(bounds, { maxZoom: 16, padding: [60, 60], animate: false });
    card.show([{ layer: one.layer, feature: one.feature, rank: 0, distance: 0, place: 0 }], bounds.getCenter());
  };
  const look = () => {
    const typed = field.value.toLowerCase().replace(/\s+/g, "");
    list.textContent = ""; list.hidden = !typed;
    if (!typed) return;
    const found = all.filter((one) => one.name.toLowerCase().replace(/\s+/g, "").includes(typed) || one.keys.some((key) => key.includes(typed)));
    for (const one of found.slice(0, 12)) {
      const row = element("li"), button = element("button", "", one.name);
      button.type = "button"; button.append(element("small", "", one.layer.title));
      button.addEventListener("click", () => go(one));
      row.append(button); list.append(row);
    }
    if (!found.length) list.append(element("li", "none", data.say.not_found.replace("{words}", field.value)));
  };
  field.addEventListener("input", look);
  field.addEventListener("focus", look);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && list.querySelector("button")) list.querySelector("button").click();
    if (event.key === "Escape") { field.value = ""; look(); field.blur(); }
  });
  map.on("movestart", () => { list.hidden = true; });
}

// -- from here: the nearest way out -----------------------------------------------------------------------------------

// As paper prints them (domain/quantities.py, domain/walking.py): metres to the nearest ten, halves up, below ten to one;
// minutes rounded up, never fewer than the way takes.
function wayMetres(metres) { return metres < 9.5 ? Math.floor(metres + 0.5) : Math.floor(metres / 10 + 0.5) * 10; }
function wayMinutes(metres, speed) { return Math.ceil(metres / (speed * 60)); }

function latLngOf(data, x, y) {
  const east = (x + data.origin[0]) / data.steps, down = (y + data.origin[1]) / data.steps;
  return L.latLng(Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180 / Math.PI, (east - 0.5) * 360);
}

function stepsOf(data, place) {
  const sine = Math.sin(place.lat * Math.PI / 180);
  return [(place.lng / 360 + 0.5) * data.steps - data.origin[0], (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * data.steps - data.origin[1]];
}

// Straight to the nearest place of a way, then along it: steps. Nobody is sent to a place that is `forbidden`.
function wayFrom(x, y, strip, forbidden) {
  let best = null;
  for (let i = 2; i < strip.length; i += 2) {
    const ax = strip[i - 2], ay = strip[i - 1], dx = strip[i] - ax, dy = strip[i + 1] - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    for (const part of [share, (share + 1) / 2, 1]) {
      const px = ax + part * dx, py = ay + part * dy, off = Math.hypot(px - x, py - y);
      if ((best && off >= best.off) || forbidden(px, py)) continue;
      best = { off, path: [px, py, ...strip.slice(i)] };
    }
  }
  if (best) for (let i = 2; i < best.path.length; i += 2) best.along = (best.along || 0) + Math.hypot(best.path[i] - best.path[i - 2], best.path[i + 1] - best.path[i - 1]);
  return best;
}

class Here {
  constructor(map, sheet, card) {
    this.map = map; this.sheet = sheet; this.card = card; this.asking = false; this.found = null;
    this.button = document.getElementById("here");
    this.words = this.button.textContent;
    this.button.hidden = !(sheet.data.ways && sheet.data.ways.routes.length);
    this.button.addEventListener("click", () => this.ask(!this.asking));
    sheet.on("painted", () => this.paint());
  }
  ask(on) {
    this.asking = on;
    this.button.textContent = on ? this.sheet.data.say.tap_here : this.words;
    this.button.setAttribute("aria-pressed", String(on));
    if (!on || !navigator.geolocation) return;
    // A page from a file is often not told where it is: then a tap does.
    navigator.geolocation.getCurrentPosition((told) => {
      const place = L.latLng(told.coords.latitude, told.coords.longitude);
      if (this.asking && L.latLngBounds(this.sheet.data.bounds).contains(place)) this.show(place);
    }, () => undefined, { enableHighAccuracy: true, timeout: 15000 });
  }
  // Answers whether the tap was for it.
  tapped(place) {
    if (!this.asking) return false;
    this.show(place);
    return true;
  }
  show(place) {
    this.ask(false);
    const { data } = this.sheet, { ways, say } = data, [x, y] = stepsOf(data, place);
    const metre = data.steps / (40075016.686 * Math.cos(place.lat * Math.PI / 180));
    const zones = data.layers[ways.zones], around = zones ? zones.features.map((one, number) => [one, number]).filter(([one]) => within(x, y, one.p)) : [];
    const mine = new Set(around.map(([, number]) => number));
    const others = (zones ? zones.features : []).filter((one, number) => !mine.has(number));
    const forbidden = (px, py) => others.some((one) => within(px, py, one.p));
    let best = null;
    for (const route of ways.routes) {
      for (const strip of data.layers[ways.layer].features[route.f].p) {
        const way = wayFrom(x, y, strip, forbidden);
        if (!way) continue;
        // Out of a zone by one of the zone's own ways, if it has any.
        // One along which nobody may set out unasked only where the zone has no other.
        const total = way.off + (way.along || 0), rank = (mine.has(route.zone) ? 0 : 2) + (route.ask ? 1 : 0);
        if (!best || rank < best.rank || (rank === best.rank && total < best.total)) best = { ...way, route, rank, total };
      }
    }
    let shelter = null;
    for (const one of ways.shelters == null ? [] : data.layers[ways.shelters].features) {
      const off = Math.hypot(one.p[0][0] - x, one.p[0][1] - y);
      if (!shelter || off < shelter.off) shelter = { off, name: one.t == null ? "" : data.words[one.t] };
    }
    // Whose own ways are all closed is led along no other zone's: the card at the door says to ask.
    const closed = best && best.rank < 2 ? undefined : [...mine].map((number) => ways.closed[number]).find(Boolean);
    const ask = closed || (best && best.route.ask);
    this.found = best && !ask && { x, y, path: best.path };
    const metres = (steps) => say.about.replace("{number}", String(wayMetres(steps / metre)));
    const rows = [];
    if (ask) rows.push([say.route, closed || `${best.route.name}，${ask}`]);
    else if (best) {
      rows.push([say.route, best.route.name]);
      rows.push([say.to_route, metres(best.off) + say.straight], [say.along, metres(best.along || 0)]);
      rows.push([say.walk, ways.walkers.map(([who, speed]) => `${who} ${wayMinutes(best.total / metre, speed)} ${say.minutes}`).join("、")]);
    }
    if (shelter) rows.push([say.shelter, `${shelter.name}　${metres(shelter.off)}${say.straight}`]);
    const crossed = new Set();
    for (let part = 0.02; best && !ask && part < 1; part += 0.02) {
      for (const one of others) if (within(x + part * (best.path[0] - x), y + part * (best.path[1] - y), one.p)) crossed.add(one.t == null ? zones.title : data.words[one.t]);
    }
    const warned = around.map(([one]) => (one.t == null ? zones.title : data.words[one.t]));
    this.card.tell(this.words, rows, [...(warned.length ? [(ask ? say.inside_ask : say.inside).replace("{zones}", warned.join("、"))] : []), ...(crossed.size ? [say.crosses.replace("{zones}", [...crossed].join("、"))] : []), say.no_way], place);
  }
  paint() {
    if (!this.found || this.card.root.hidden || !this.card.told) return;
    const { view, picture } = this.sheet, ctx = picture.ctx, { x, y, path } = this.found;
    const trace = (points, width, colour, dash) => {
      ctx.beginPath(); ctx.setLineDash(dash); ctx.lineWidth = width; ctx.strokeStyle = colour; ctx.lineCap = ctx.lineJoin = "round";
      for (let i = 0; i < points.length; i += 2) ctx[i ? "lineTo" : "moveTo"](view.x(points[i]), view.y(points[i + 1]));
      ctx.stroke();
    };
    ctx.save();
    trace(path, 11, "#FFFFFF", []); trace(path, 7, "#1B6E45", []);
    trace([x, y, path[0], path[1]], 7, "#FFFFFF", []); trace([x, y, path[0], path[1]], 3.5, "#000000", [9, 7]);
    ctx.setLineDash([]); ctx.beginPath(); ctx.arc(view.x(x), view.y(y), 9, 0, 2 * Math.PI);
    ctx.fillStyle = "#0B57D0"; ctx.fill(); ctx.lineWidth = 3; ctx.strokeStyle = "#FFFFFF"; ctx.stroke();
    ctx.restore();
  }
}
