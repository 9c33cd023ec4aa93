// Angles over time under the timeline.

import { degrees } from 'rtm/data.js';

const DASHES = [[], [6, 4], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2]];
const LEFT = 36;
const BOTTOM = 18;
const TOP = 8;

class Graph {
  constructor(root, recording, look, clock, changed) {
    this.recording = recording;
    this.look = look;
    this.clock = clock;
    this.changed = changed;
    this.panel = root.querySelector('#graph-panel');
    this.canvas = root.querySelector('#graph');
    this.legend = root.querySelector('#legend');
    this.seconds = root.querySelector('#graph-window');
    this.chosen = new Set();
    const { angles } = recording.manifest;
    this.panel.hidden = angles.length === 0 || recording.count < 2;
    this.list(root.querySelector('#angle-list'), angles);
    this.panel.addEventListener('toggle', changed);
    this.seconds.addEventListener('change', changed);
    this.canvas.addEventListener('pointerdown', (event) => this.go(event));
    this.canvas.addEventListener('pointermove', (event) => event.buttons === 1 && this.go(event));
  }

  list(box, angles) {
    const first = ['right_knee', 'left_knee'].filter((name) => angles.includes(name));
    angles.forEach((name, i) => {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'checkbox';
      input.checked = first.length > 0 ? first.includes(name) : i === 0;
      if (input.checked) {
        this.chosen.add(i);
      }
      input.addEventListener('change', () => {
        this.chosen[input.checked ? 'add' : 'delete'](i);
        this.changed();
      });
      label.append(input, name.replaceAll('_', ' '));
      box.append(label);
    });
  }

  get open() {
    return !this.panel.hidden && this.panel.open;
  }

  /** First and last second shown: the current time in the middle, but for the ends. */
  span() {
    const { times, count } = this.recording;
    const length = Math.min(Number(this.seconds.value), Math.max(this.recording.duration, 1e-3));
    const latest = times[count - 1] - length;
    const from = Math.max(times[0], Math.min(latest, times[this.clock.frame] - length / 2));
    return [from, from + length];
  }

  go(event) {
    const [from, to] = this.span();
    const box = this.canvas.getBoundingClientRect();
    const part = (event.clientX - box.left - LEFT) / (box.width - LEFT);
    const time = from + Math.min(1, Math.max(0, part)) * (to - from);
    this.clock.seek(this.recording.frameAt(time));
  }

  /** The series shown: by person and angle, points of time and degrees. */
  series(from, to) {
    const { recording } = this;
    const first = recording.frameAt(from);
    const last = Math.min(recording.count - 1, recording.frameAt(to) + 1);
    const out = new Map();
    for (let n = recording.chunkOf(first); n <= recording.chunkOf(last); n++) {
      const block = recording.angles.peek(n);
      if (!block) {
        recording.angles.get(n).then(this.changed);
        continue;
      }
      for (const [id, { frames, columns }] of block) {
        if (!this.look.hidden.has(id)) {
          for (const angle of this.chosen) {
            this.collect(out, id, angle, frames, columns, first, last);
          }
        }
      }
    }
    return [...out.values()].sort((a, b) => a.id - b.id || a.angle - b.angle);
  }

  collect(out, id, angle, frames, columns, first, last) {
    const key = `${id} ${angle}`;
    if (!out.has(key)) {
      out.set(key, { id, angle, frames: [], values: [] });
    }
    const line = out.get(key);
    frames.forEach((frame, row) => {
      if (frame >= first && frame <= last) {
        line.frames.push(frame);
        line.values.push(degrees(columns, row, angle));
      }
    });
  }

  draw() {
    if (!this.open) {
      return;
    }
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = Math.min(2, devicePixelRatio);
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    const [from, to] = this.span();
    const series = this.series(from, to);
    const all = series.flatMap(({ values }) => values.filter(Number.isFinite));
    const low = Math.floor((Math.min(0, ...all) - 2) / 15) * 15;
    const high = Math.ceil((Math.max(30, ...all) + 2) / 15) * 15;
    const x = (time) => LEFT + ((time - from) / (to - from)) * (width - LEFT - 4);
    const y = (value) => TOP + ((high - value) / (high - low)) * (height - TOP - BOTTOM);
    this.axes(context, { width, height, from, to, low, high, x, y });
    const styles = [...this.chosen].sort((a, b) => a - b);
    for (const line of series) {
      context.strokeStyle = this.look.css(line.id);
      context.setLineDash(DASHES[styles.indexOf(line.angle) % DASHES.length]);
      this.line(context, line, x, y);
    }
    context.setLineDash([]);
    context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--accent');
    context.lineWidth = 1.5;
    const now = x(this.recording.times[this.clock.frame]);
    context.beginPath();
    context.moveTo(now, TOP - 4);
    context.lineTo(now, height - BOTTOM);
    context.stroke();
    this.explain(series, styles);
  }

  axes(context, { width, height, from, to, low, high, x, y }) {
    const style = getComputedStyle(document.documentElement);
    context.font = '11px system-ui, sans-serif';
    context.fillStyle = style.getPropertyValue('--quiet');
    context.strokeStyle = style.getPropertyValue('--line');
    context.lineWidth = 1;
    const rise = [15, 30, 45, 90].find((step) => (high - low) / step <= 5) ?? 90;
    context.textAlign = 'right';
    for (let value = Math.ceil(low / rise) * rise; value <= high; value += rise) {
      const at = Math.round(y(value)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, at);
      context.lineTo(width, at);
      context.stroke();
      context.fillText(`${value}°`, LEFT - 6, at + 4);
    }
    const run = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60].find((step) => (to - from) / step <= width / 70) ?? 60;
    context.textAlign = 'center';
    for (let i = Math.ceil(from / run); i * run <= to; i++) {
      context.fillText(`${Number((i * run).toFixed(1))} s`, Math.min(width - 16, x(i * run)), height - 3);
    }
  }

  /** Gaps stay gaps. */
  line(context, { frames, values }, x, y) {
    context.lineWidth = 1.6;
    context.beginPath();
    let before = -10;
    frames.forEach((frame, i) => {
      if (Number.isFinite(values[i])) {
        const at = [x(this.recording.times[frame]), y(values[i])];
        if (frame - before > 3) {
          context.moveTo(...at);
        } else {
          context.lineTo(...at);
        }
        before = frame;
      }
    });
    context.stroke();
  }

  explain(series, styles) {
    const rows = series.map((line) => {
      const at = line.frames.indexOf(this.clock.frame);
      const value = at < 0 || !Number.isFinite(line.values[at]) ? '–' : `${line.values[at].toFixed(0)}°`;
      const name = this.recording.manifest.angles[line.angle].replaceAll('_', ' ');
      return { line, text: `${Math.abs(line.id)} ${name} ${value}` };
    }).slice(0, 12);
    while (this.legend.children.length < rows.length) {
      const item = document.createElement('span');
      item.append(document.createElement('canvas'), document.createElement('b'));
      this.legend.append(item);
    }
    [...this.legend.children].forEach((item, i) => {
      item.hidden = i >= rows.length;
      if (!item.hidden) {
        const { line, text } = rows[i];
        const [sample, label] = item.children;
        label.textContent = text;
        this.sample(sample, this.look.css(line.id), DASHES[styles.indexOf(line.angle) % DASHES.length]);
      }
    });
  }

  /** How a line looks, drawn when it looks otherwise than before: browsers take long over canvases. */
  sample(canvas, colour, dashes) {
    const look = `${colour} ${dashes}`;
    if (canvas.dataset.look === look) {
      return;
    }
    canvas.dataset.look = look;
    canvas.width = 36;
    canvas.height = 16;
    const context = canvas.getContext('2d');
    context.strokeStyle = colour;
    context.lineWidth = 4;
    context.setLineDash(dashes.map((d) => 2 * d));
    context.beginPath();
    context.moveTo(0, 8);
    context.lineTo(36, 8);
    context.stroke();
  }
}

export { Graph };
