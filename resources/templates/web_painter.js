"use strict";
// Paints the workspace: the symbol layers of cartography/symbols.py in millimetres, in their order, then the names.
// web.js says when; nothing here knows of fingers or panels.
const MM = 96 / 25.4, ROW = Math.sqrt(3) / 2, ARROW_CASING = 0.7, END_GAP = 0.7, WAVE = 2.4, LONG = 12000, TOGETHER = 24;

// -- what the page was given ------------------------------------------------------------------------------------------

function readWorkspace() {
  const data = JSON.parse(document.getElementById("workspace").textContent);
  for (const layer of data.layers) {
    layer.on = true;
    layer.arrowed = layer.rules.map((rule) => rule.some((one) => one.kind === "arrows"));
    for (const one of layer.features) {
      one.box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const strip of one.p) {
        for (let i = 0; i < strip.length; i += 2) {
          if (i) { strip[i] += strip[i - 2]; strip[i + 1] += strip[i - 1]; }
          one.box[0] = Math.min(one.box[0], strip[i]); one.box[2] = Math.max(one.box[2], strip[i]);
          one.box[1] = Math.min(one.box[1], strip[i + 1]); one.box[3] = Math.max(one.box[3], strip[i + 1]);
        }
      }
    }
  }
  // A picture from a string needs its name space said; the page's own SVGs know it.
  const space = new DOMParser().parseFromString("<svg></svg>", "text/html").querySelector("svg").namespaceURI;
  for (const icon of data.icons) {
    icon.picture = new Image();
    icon.picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(
      icon.svg.replace("<svg ", `<svg xmlns="${space}" width="${icon.w * 16}" height="${icon.h * 16}" `));
  }
  return data;
}

function shownAt(denominator, one) {
  return denominator >= (one.near || 0) * (1 - 1e-9) && (one.far == null || denominator <= one.far * (1 + 1e-9));
}

// -- one view of the map: from steps to pixels ------------------------------------------------------------------------

class View {
  constructor(map, data, bounds) {
    const zoom = map.getZoom(), corner = map.getPixelOrigin();
    this.factor = 256 * Math.pow(2, zoom) / data.steps;
    this.x0 = data.origin[0] * this.factor - corner.x;
    this.y0 = data.origin[1] * this.factor - corner.y;
    this.bounds = bounds; // of the canvas, a little larger than what is seen:
    this.frame = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize()));
    const latitude = map.getCenter().lat * Math.PI / 180;
    this.metres = 40075016.686 * Math.cos(latitude) / (256 * Math.pow(2, zoom)); // of one pixel
    this.denominator = this.metres * MM * 1000;
    // Zoomed out beyond the scale of the paper map symbols shrink a little, or they would hide what they stand for.
    this.shrink = Math.min(1, Math.max(0.6, Math.pow(100000 / this.denominator, 0.6)));
    this.mm = MM * this.shrink;
  }
  // Pixels that one millimetre of a symbol takes: far out the symbol of a place is smaller than its style says near by.
  markerMm(icon) { return this.mm * (icon.beyond && this.denominator > icon.beyond * (1 + 1e-9) ? icon.to : 1); }
  x(step) { return step * this.factor + this.x0; }
  y(step) { return step * this.factor + this.y0; }
  sees(box, margin) {
    const b = this.bounds;
    return this.x(box[2]) >= b.min.x - margin && this.x(box[0]) <= b.max.x + margin
      && this.y(box[3]) >= b.min.y - margin && this.y(box[1]) <= b.max.y + margin;
  }
  strip(steps) {
    // Steps between vertices that fall on one pixel are dropped; the ends stay.
    const out = [];
    for (let i = 0; i < steps.length; i += 2) {
      const x = this.x(steps[i]), y = this.y(steps[i + 1]), n = out.length;
      if (n < 2 || i === steps.length - 2 || Math.abs(x - out[n - 2]) + Math.abs(y - out[n - 1]) > 0.7) out.push(x, y);
    }
    return out;
  }
}

// The features of one rule that the view shows.
class Group {
  constructor(view, layer, features) {
    this.view = view; this.layer = layer; this.features = features;
    this.strips = layer.kind === "point" ? [] : features.flatMap((one) => one.p.map((strip) => view.strip(strip)));
    this.trace();
  }
  // What is stroked: the same, but of very long lines only what the screen shows. Dashing kilometres of line outside of
  // it takes half a second when zoomed in close.
  get edge() {
    if (this.strips.every((strip) => strip.length < 4 || lengthOf(strip) < LONG)) return this.path;
    const edge = new Path2D(), { min, max } = this.view.bounds;
    for (const strip of this.strips) {
      let drawing = false;
      const last = this.layer.kind === "polygon" ? strip.concat(strip[0], strip[1]) : strip;
      for (let i = 2; i < last.length; i += 2) {
        const [ax, ay, bx, by] = last.slice(i - 2, i + 2);
        const near = Math.max(ax, bx) > min.x - 40 && Math.min(ax, bx) < max.x + 40 && Math.max(ay, by) > min.y - 40 && Math.min(ay, by) < max.y + 40;
        if (near && !drawing) edge.moveTo(ax, ay);
        if (near) edge.lineTo(bx, by);
        drawing = near;
      }
    }
    return edge;
  }
  trace() {
    this.path = new Path2D();
    for (const strip of this.strips) {
      this.path.moveTo(strip[0], strip[1]);
      for (let i = 2; i < strip.length; i += 2) this.path.lineTo(strip[i], strip[i + 1]);
      if (this.layer.kind === "polygon") this.path.closePath();
    }
  }
  // Lines that lead somewhere end at the edge of the symbol they lead to.
  stopAt(stops) {
    for (const strip of this.strips) {
      const n = strip.length;
      let cut = 0;
      for (const [x, y, radius] of stops) {
        const away = Math.hypot(strip[n - 2] - x, strip[n - 1] - y);
        if (away <= radius) cut = Math.max(cut, radius + END_GAP * this.view.mm - away);
      }
      while (cut > 0 && strip.length > 4) {
        const k = strip.length, dx = strip[k - 2] - strip[k - 4], dy = strip[k - 1] - strip[k - 3], long = Math.hypot(dx, dy);
        if (long > cut) { strip[k - 2] -= dx / long * cut; strip[k - 1] -= dy / long * cut; cut = 0; }
        else { strip.length -= 2; cut -= long; }
      }
    }
    this.trace();
  }
}

function* along(strip, first, pitch, bounds, margin) {
  let done = 0, next = first;
  for (let i = 2; i < strip.length; i += 2) {
    const x = strip[i - 2], y = strip[i - 1], dx = strip[i] - x, dy = strip[i + 1] - y, long = Math.hypot(dx, dy);
    if (next <= done + long && long > 0) {
      const outside = Math.max(x, x + dx) < bounds.min.x - margin || Math.min(x, x + dx) > bounds.max.x + margin
        || Math.max(y, y + dy) < bounds.min.y - margin || Math.min(y, y + dy) > bounds.max.y + margin;
      if (outside) next += Math.ceil((done + long - next) / pitch) * pitch;
      for (; next <= done + long; next += pitch) {
        const share = (next - done) / long;
        yield [x + dx * share, y + dy * share, dx / long, dy / long];
      }
    }
    done += long;
  }
}

function lengthOf(strip) {
  let sum = 0;
  for (let i = 2; i < strip.length; i += 2) sum += Math.hypot(strip[i] - strip[i - 2], strip[i + 1] - strip[i - 1]);
  return sum;
}

// -- symbol layers: [what lies under, what lies over] -----------------------------------------------------------------

const tiles = new Map();

function pattern(ctx, view, symbol, wide, high, turn, draw) {
  const dense = window.devicePixelRatio || 1;
  const key = JSON.stringify([symbol, view.mm, dense]);
  if (!tiles.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = Math.max(2, Math.round(wide * dense)); tile.height = Math.max(2, Math.round(high * dense));
    const brush = tile.getContext("2d");
    brush.scale(tile.width / wide, tile.height / high);
    brush.strokeStyle = brush.fillStyle = symbol.color;
    brush.lineWidth = Math.max(symbol.width ? symbol.width * view.mm : 0, 0.6);
    draw(brush);
    const made = ctx.createPattern(tile, "repeat");
    made.setTransform(new DOMMatrix().rotate(-turn).scale(wide / tile.width, high / tile.height));
    if (tiles.size > 200) tiles.clear();
    tiles.set(key, made);
  }
  return tiles.get(key);
}

function lattice(ctx, group, symbol, mark) {
  const wide = symbol.spacing * group.view.mm, high = wide * 2 * ROW;
  ctx.fillStyle = pattern(ctx, group.view, symbol, wide, high, 0, (brush) => {
    mark(brush, wide * 0.25, high * 0.25); mark(brush, wide * 0.75, high * 0.75);
  });
  ctx.fill(group.path);
}

function stroked(ctx, path, color, width, cap, opacity) {
  ctx.save();
  ctx.globalAlpha = opacity == null ? 1 : opacity;
  ctx.strokeStyle = color; ctx.lineWidth = width; ctx.lineJoin = "round"; ctx.lineCap = cap === "flat" || !cap ? "butt" : cap;
  ctx.stroke(path);
  ctx.restore();
}

const UNDER = {
  stroke(ctx, group, one) {
    if (one.casing > 0) stroked(ctx, group.edge, "#FFFFFF", (one.width + one.casing) * group.view.mm, one.dash.length ? "round" : one.cap, one.opacity);
  },
  railway(ctx, group, one) { stroked(ctx, group.edge, one.color, one.width * group.view.mm); },
  double(ctx, group, one) { stroked(ctx, group.edge, one.color, one.width * group.view.mm, "round"); },
  arrows(ctx, group, one) { const heads = arrowHeads(group, one); stroked(ctx, heads, "#FFFFFF", ARROW_CASING * group.view.mm, "round"); },
};

const OVER = {
  fill(ctx, group, one) { ctx.save(); ctx.globalAlpha = one.opacity; ctx.fillStyle = one.color; ctx.fill(group.path); ctx.restore(); },
  stroke(ctx, group, one) {
    ctx.save();
    ctx.setLineDash(one.dash.map((part) => part * group.view.mm));
    stroked(ctx, group.edge, one.color, Math.max(0.7, one.width * group.view.mm), one.cap, one.opacity);
    ctx.restore();
  },
  hatch(ctx, group, one) {
    const high = one.spacing * group.view.mm, wide = 8;
    ctx.fillStyle = pattern(ctx, group.view, one, wide, high, one.angle, (brush) => {
      brush.beginPath(); brush.moveTo(-1, high / 2); brush.lineTo(wide + 1, high / 2); brush.stroke();
    });
    ctx.fill(group.path);
  },
  dots(ctx, group, one) {
    const radius = Math.max(0.6, one.diameter * group.view.mm / 2);
    lattice(ctx, group, one, (brush, x, y) => { brush.beginPath(); brush.arc(x, y, radius, 0, 7); brush.fill(); });
  },
  crosses(ctx, group, one) {
    const half = one.size * group.view.mm / 2 * 0.7071;
    lattice(ctx, group, one, (brush, x, y) => {
      brush.beginPath(); brush.moveTo(x - half, y - half); brush.lineTo(x + half, y + half);
      brush.moveTo(x - half, y + half); brush.lineTo(x + half, y - half); brush.stroke();
    });
  },
  waves(ctx, group, one) {
    const long = WAVE * group.view.mm;
    lattice(ctx, group, one, (brush, x, y) => {
      brush.beginPath();
      for (let i = 0; i <= 12; i += 1) brush.lineTo(x + (i / 12 - 0.5) * long, y - Math.sin((i / 12 - 0.5) * 4 * Math.PI) * long * 0.1);
      brush.stroke();
    });
  },
  ticks(ctx, group, one) {
    const view = group.view, long = one.length * view.mm, pitch = one.spacing * view.mm, ticks = new Path2D();
    for (const strip of group.strips) {
      for (const [x, y, dx, dy] of along(strip, pitch / 2, pitch, view.bounds, long)) {
        ticks.moveTo(x, y); ticks.lineTo(x + dy * long, y - dx * long);
      }
    }
    stroked(ctx, ticks, one.color, Math.max(0.6, one.width * view.mm));
  },
  arrows(ctx, group, one) { ctx.fillStyle = one.color; ctx.fill(arrowHeads(group, one)); },
  band(ctx, group, one) {
    // Outside only: twice as wide, with the inside cut away.
    const b = group.view.bounds, outside = new Path2D();
    outside.rect(b.min.x - 50, b.min.y - 50, b.max.x - b.min.x + 100, b.max.y - b.min.y + 100);
    outside.addPath(group.path);
    ctx.save();
    ctx.clip(outside, "evenodd");
    stroked(ctx, group.edge, one.color, 2 * one.width * group.view.mm, "round", one.opacity);
    ctx.restore();
  },
  railway(ctx, group, one) {
    ctx.save();
    ctx.setLineDash((one.dash.length ? one.dash : [2.4, 2.4]).map((part) => part * group.view.mm));
    stroked(ctx, group.edge, "#FFFFFF", one.width * 0.55 * group.view.mm);
    ctx.restore();
  },
  double(ctx, group, one) { stroked(ctx, group.edge, one.inner, one.inner_width * group.view.mm, "round"); },
  start_ring(ctx, group, one) {
    const mm = group.view.mm;
    for (const strip of group.strips) {
      ctx.beginPath(); ctx.arc(strip[0], strip[1], (one.size + ARROW_CASING) / 2 * mm, 0, 7); ctx.fillStyle = "#FFFFFF"; ctx.fill();
      ctx.beginPath(); ctx.arc(strip[0], strip[1], (one.size - one.width) / 2 * mm, 0, 7);
      ctx.strokeStyle = one.color; ctx.lineWidth = one.width * mm; ctx.stroke();
    }
  },
};

function arrowHeads(group, one) {
  const size = one.size * group.view.mm, heads = new Path2D(), spacing = one.spacing * group.view.mm;
  const add = ([x, y, dx, dy]) => {
    for (const [back, aside] of [[0, 0], [-1, 0.45], [-0.72, 0], [-1, -0.45], [0, 0]]) {
      heads.lineTo(x + (back * dx - aside * dy) * size, y + (back * dy + aside * dx) * size);
    }
    heads.closePath();
  };
  for (const strip of group.strips) {
    const long = lengthOf(strip), count = Math.max(1, Math.floor(long / spacing)), pitch = long / count, n = strip.length;
    if (!(long > 0)) continue;
    // The head at the end shows where the way leads, even where the line is short.
    let from = n - 4;
    while (from > 0 && Math.hypot(strip[n - 2] - strip[from], strip[n - 1] - strip[from + 1]) < size * 0.7) from -= 2;
    const dx = strip[n - 2] - strip[from], dy = strip[n - 1] - strip[from + 1], far = Math.hypot(dx, dy) || 1;
    heads.moveTo(strip[n - 2], strip[n - 1]); add([strip[n - 2], strip[n - 1], dx / far, dy / far]);
    for (const place of along(strip, pitch / 2 + size / 2, pitch, group.view.bounds, size)) {
      if (Math.hypot(place[0] - strip[n - 2], place[1] - strip[n - 1]) > size * 1.2) { heads.moveTo(place[0], place[1]); add(place); }
    }
  }
  return heads;
}

// -- a whole picture --------------------------------------------------------------------------------------------------

class Picture {
  constructor(ctx, view, data) {
    this.ctx = ctx; this.view = view; this.data = data; this.markers = [];
    this.shown = [];
    for (const layer of data.layers) {
      if (!layer.on || !shownAt(view.denominator, layer)) continue;
      const features = layer.features.filter((one) => view.sees(one.box, 40));
      if (features.length) this.shown.push({ layer, features });
    }
    for (const one of this.shown) {
      one.groups = one.layer.rules.map((_, number) => this.grouped(one.layer, one.features.filter((each) => each.r === number)));
    }
  }
  // Not all in one path: 6 000 houses filled at once take 0.5 s, by the dozen 0.3 s.
  grouped(layer, features) {
    const found = [];
    for (let i = 0; i < features.length; i += TOGETHER) found.push(new Group(this.view, layer, features.slice(i, i + TOGETHER)));
    return found;
  }
  paint(selected) {
    this.shown.forEach((one, place) => {
      if (one.layer.arrowed.includes(true)) this.stop(one, this.shown.slice(place + 1));
      if (one.layer.opacity) this.seenThrough(one); else this.layer(one);
    });
    if (selected) this.halo(selected);
  }
  stop(one, above) {
    const stops = [];
    for (const other of above.filter((each) => each.layer.kind === "point")) {
      for (const feature of other.features.filter((each) => each.m)) {
        const icon = this.data.icons[feature.m[feature.m.length - 1]];
        for (const [x, y] of this.places(feature)) stops.push([x, y, icon.w / 2 * this.view.markerMm(icon)]);
      }
    }
    one.groups.forEach((groups, number) => { if (one.layer.arrowed[number]) groups.forEach((group) => group.stopAt(stops)); });
  }
  // On a sheet of its own that is laid over the map as a whole: an outline must not shine through over its own fill.
  seenThrough(one) {
    const ctx = this.ctx, sheet = document.createElement("canvas");
    sheet.width = ctx.canvas.width; sheet.height = ctx.canvas.height;
    this.ctx = sheet.getContext("2d");
    this.ctx.setTransform(ctx.getTransform());
    this.layer(one);
    this.ctx = ctx;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = one.layer.opacity;
    ctx.drawImage(sheet, 0, 0);
    ctx.restore();
  }
  layer({ layer, groups }) {
    const most = Math.max(0, ...layer.rules.map((rule) => rule.length));
    for (let number = 0; number < most; number += 1) {
      for (const kinds of [UNDER, OVER]) {
        for (let rule = layer.rules.length - 1; rule >= 0; rule -= 1) {
          const symbol = layer.rules[rule][number];
          if (!symbol) continue;
          const which = layer.rules[rule].slice(0, number).filter((each) => each.kind === "marker").length;
          for (const group of groups[rule]) {
            if (symbol.kind === "marker" && kinds === OVER) for (const one of group.features) this.marker(one, which);
            else if (kinds[symbol.kind]) kinds[symbol.kind](this.ctx, group, symbol);
          }
        }
      }
    }
  }
  // Small boxes along the lines that lead somewhere: a name should not hide the way.
  ways() {
    const found = [];
    for (const { layer, groups } of this.shown) {
      groups.forEach((chunk, number) => {
        if (!layer.arrowed[number]) return;
        for (const strip of chunk.flatMap((group) => group.strips)) for (const [x, y] of along(strip, 4, 10, this.view.bounds, 0)) found.push([x - 3, y - 3, x + 3, y + 3]);
      });
    }
    return found;
  }
  places(feature) {
    const view = this.view;
    if (feature.a) return [[view.x(feature.a[0]), view.y(feature.a[1])]];
    return feature.p.map((strip) => [view.x(strip[0]), view.y(strip[1])]);
  }
  marker(feature, which) {
    const icon = this.data.icons[feature.m[which]], mm = this.view.markerMm(icon), wide = icon.w * mm, high = icon.h * mm;
    for (const [x, y] of this.places(feature)) {
      if (icon.picture.complete && icon.picture.naturalWidth) this.ctx.drawImage(icon.picture, x - wide / 2, y - high / 2, wide, high);
      this.markers.push([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]);
    }
  }
  halo({ layer, feature }) {
    const ctx = this.ctx, path = new Group(this.view, layer, [feature]).path;
    if (layer.kind === "point") {
      for (const [x, y] of this.places(feature)) {
        const icon = feature.m && this.data.icons[feature.m[0]];
        const radius = (icon ? Math.max(icon.w, icon.h) / 2 * this.view.markerMm(icon) : 2 * this.view.mm) + 4;
        path.moveTo(x + radius, y);
        path.arc(x, y, radius, 0, 7);
      }
    }
    stroked(ctx, path, "#FFFFFF", 7, "round", 0.9);
    stroked(ctx, path, "#0B57D0", 3.5, "round");
  }
}
