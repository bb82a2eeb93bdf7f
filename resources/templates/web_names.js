// Names on the map, the important ones first: none lies over another, none is cut by the edge of the screen.
const POINT = 96 / 72, MOST = 1500; // names tried: more never find room, and the search would hold up the finger
const FAMILIES = {
  hei: '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif',
  song: '"Noto Serif CJK SC","Source Han Serif SC",SimSun,"Songti SC",serif',
};

class Names {
  // `taken`: boxes that names keep off, because something of the page lies there.
  constructor(picture, taken) {
    this.picture = picture; this.ctx = picture.ctx; this.view = picture.view; this.taken = taken;
  }
  paint() {
    const wanted = [];
    this.ways = this.picture.ways();
    for (const { layer, features } of this.picture.shown) {
      if (!layer.label || !shownAt(this.view.denominator, layer.label)) continue;
      for (const feature of features) if (feature.l) wanted.push(this.block(layer, feature));
    }
    wanted.sort((a, b) => b.label.priority - a.label.priority);
    const placed = wanted.slice(0, MOST).map((block) => [block, this.place(block)]).filter((pair) => pair[1]);
    for (const [block, place] of placed) this.draw(block, place);
  }
  block(layer, feature) {
    const label = layer.label, words = this.picture.data.words, shrink = Math.max(0.86, this.view.shrink);
    const sizes = [Math.max(12, label.size * POINT * shrink), Math.max(11, label.second * POINT * shrink)];
    const kept = feature.k || this.view.denominator <= 75000 ? feature.l : feature.l.slice(0, 1);
    const lines = kept.map((number, row) => {
      const font = `${label.bold && !row ? "bold " : ""}${sizes[row]}px ${FAMILIES[label.family]}`;
      this.ctx.font = font;
      return { text: words[number], font, size: sizes[row], width: this.ctx.measureText(words[number]).width };
    });
    return { layer, feature, label, lines, wide: Math.max(...lines.map((one) => one.width)), high: lines.reduce((sum, one) => sum + one.size * 1.16, 0) };
  }
  place(block) {
    let best = null;
    for (const one of this.candidates(block)) {
      const boxes = one.boxes || [[one.x - block.wide / 2 - 1, one.y - block.high / 2, one.x + block.wide / 2 + 1, one.y + block.high / 2]];
      if (boxes.some((box) => !this.inside(box) || this.taken.some((other) => overlap(box, other)))) continue;
      const hidden = this.picture.markers.filter((other) => boxes.some((box) => overlap(box, other))).length;
      const crossed = block.layer.kind === "line" ? 0 : this.ways.filter((other) => boxes.some((box) => overlap(box, other))).length;
      const cost = one.cost + hidden * 4 + Math.min(3, crossed * 0.5);
      if (!best || cost < best.cost) best = { ...one, boxes, cost };
    }
    if (!best || best.cost > (block.label.priority >= 80 ? 20 : block.label.priority >= 70 ? 9 : 3.9)) return null;
    this.taken.push(...best.boxes.map((box) => [box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]));
    return best;
  }
  // Whole on the screen, or wholly in the margin that is painted ahead: a name that the edge cuts says nothing.
  inside(box) {
    const within = (b) => box[0] > b.min.x && box[1] > b.min.y && box[2] < b.max.x && box[3] < b.max.y;
    const { frame, bounds } = this.view;
    return within(frame) || (within(bounds) && !overlap(box, [frame.min.x, frame.min.y, frame.max.x, frame.max.y]));
  }
  candidates(block) {
    const { feature, layer } = block, view = this.view;
    if (feature.f) return [{ x: view.x(feature.f[0]), y: view.y(feature.f[1]), cost: 0 }, ...this.around(block, view.x(feature.f[0]), view.y(feature.f[1]), 0)];
    if (layer.kind === "line") return this.onLine(block);
    const [x, y] = this.picture.places(feature)[0];
    if (layer.kind === "point") {
      const icon = feature.m && this.picture.data.icons[feature.m[0]];
      return this.around(block, x, y, icon ? icon.w / 2 * view.markerMm(icon) : 2);
    }
    const radius = feature.a[2] * view.factor;
    const centred = [[0, 0], [0, -1], [0, 1], [-0.6, 0], [0.6, 0]].map(([right, down], rank) => ({ x: x + right * block.wide * 0.6, y: y + down * block.high, cost: rank }));
    if (radius * 2 > block.high && radius * 2 > block.wide * 0.5) return centred;
    // A name that would hide its small area stands beside it; other areas too small for theirs have none.
    return block.label.priority >= 40 ? this.around(block, x, y, radius + 3) : [];
  }
  around(block, x, y, radius) {
    const found = [];
    [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]].forEach(([right, down], rank) => {
      for (const away of [3, 12]) {
        const reach = (radius + away) * (right && down ? 0.75 : 1);
        found.push({ x: x + right * (reach + block.wide / 2), y: y + down * (reach + block.high / 2), cost: rank * 0.4 + (away > 3 ? 1.5 : 0) });
      }
    });
    return found;
  }
  onLine(block) {
    const found = [], bounds = this.view.bounds;
    for (const steps of block.feature.p) {
      const strip = this.view.strip(steps), long = lengthOf(strip);
      if (long < block.wide * 1.15) {
        if (block.label.priority >= 80) for (const [x, y] of along(strip, long / 2, long, bounds, 0)) found.push(...this.around(block, x, y, 4));
        continue;
      }
      const pitch = Math.max(block.wide * 0.5, 40), half = block.wide / 2;
      const stops = [...along(strip, half, pitch, bounds, 0)], middle = (stops.length - 1) / 2;
      stops.forEach(([x, y], number) => {
        const back = stops[Math.max(0, number - 1)], on = stops[Math.min(stops.length - 1, number + 1)];
        let angle = Math.atan2(on[1] - back[1], on[0] - back[0]);
        if (Math.abs(angle) > Math.PI / 2) angle += angle > 0 ? -Math.PI : Math.PI;
        const bend = Math.abs(Math.sin((Math.atan2(y - back[1], x - back[0]) - Math.atan2(on[1] - y, on[0] - x)) / 2));
        found.push({ x, y, angle, boxes: leaning(x, y, block, angle), cost: Math.abs(number - middle) / (middle + 1) * 2 + (back === on ? 0 : bend * 5) });
      });
    }
    return found;
  }
  draw(block, place) {
    const ctx = this.ctx, label = block.label;
    ctx.save();
    ctx.translate(place.x, place.y);
    if (place.angle) ctx.rotate(place.angle);
    if (label.slant) ctx.transform(1, 0, Math.tan(label.slant * Math.PI / 180), 1, 0, 0);
    ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
    ctx.strokeStyle = "#FFFFFF"; ctx.lineWidth = 2 * label.halo * MM * 0.8; ctx.fillStyle = (block.layer.labelColors || [])[block.feature.r] || label.color;
    for (const paint of ["strokeText", "fillText"]) {
      let y = -block.high / 2;
      for (const line of block.lines) {
        y += line.size * 0.58; ctx.font = line.font; ctx[paint](line.text, 0, y); y += line.size * 0.58;
      }
    }
    ctx.restore();
  }
}

function overlap(a, b) { return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }

function leaning(x, y, block, angle) {
  const boxes = [], count = Math.max(1, Math.ceil(block.wide / block.high)), half = block.high / 2;
  for (let i = 0; i < count; i += 1) {
    const away = ((i + 0.5) / count - 0.5) * block.wide, cx = x + Math.cos(angle) * away, cy = y + Math.sin(angle) * away;
    boxes.push([cx - half, cy - half, cx + half, cy + half]);
  }
  return boxes;
}
