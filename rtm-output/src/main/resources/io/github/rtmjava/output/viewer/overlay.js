// The 2D keypoints over the video or picture.

import { css, mix } from 'rtm/look.js';

const PICK_PIXELS = 12;

class Overlay {
  constructor(stage, canvas, manifest, look) {
    this.stage = stage;
    this.canvas = canvas;
    this.manifest = manifest;
    this.look = look;
    this.figures = [];
    this.marked = null;
  }

  /** Gives the stage the picture's shape within so many pixels. */
  resize(room, most) {
    const { width, height } = this.manifest;
    const scale = Math.min(room / width, most / height);
    this.stage.style.width = `${Math.floor(width * scale)}px`;
    this.stage.style.height = `${Math.floor(height * scale)}px`;
    this.scale = this.stage.clientWidth / width;
    const ratio = Math.min(2, devicePixelRatio);
    this.canvas.width = Math.round(this.stage.clientWidth * ratio);
    this.canvas.height = Math.round(this.stage.clientHeight * ratio);
    this.ratio = ratio;
  }

  show(figures) {
    this.figures = figures.filter((figure) => this.look.shows(figure));
  }

  seen(figure, k) {
    return figure.scores[k] >= this.look.minScore && figure.scores[k] > 0 && Number.isFinite(figure.xy[2 * k]);
  }

  draw() {
    const context = this.canvas.getContext('2d');
    const { scale, look } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.lineCap = 'round';
    for (const figure of this.figures) {
      const width = this.width(figure);
      this.manifest.links.forEach(([from, to], l) => {
        if (this.seen(figure, from) && this.seen(figure, to)) {
          const score = Math.min(figure.scores[from], figure.scores[to]);
          const fine = look.detail[from] && look.detail[to];
          context.lineWidth = fine ? Math.max(0.8, 0.4 * width) : width;
          context.strokeStyle = css(this.bright(look.link(figure, l)), 1 - look.pale(figure, score));
          context.beginPath();
          context.moveTo(figure.xy[2 * from] * scale, figure.xy[2 * from + 1] * scale);
          context.lineTo(figure.xy[2 * to] * scale, figure.xy[2 * to + 1] * scale);
          context.stroke();
        }
      });
      for (let k = 0; k < figure.scores.length; k++) {
        if (this.seen(figure, k)) {
          context.fillStyle = css(this.bright(look.point(figure, k)), 1 - look.pale(figure, figure.scores[k]));
          this.dot(context, figure, k, look.detail[k] ? Math.max(0.7, 0.35 * width) : 0.9 * width);
        }
      }
      if (look.boxes || look.names) {
        this.frame(context, figure);
      }
      if (this.marked && this.marked.id === figure.id && this.seen(figure, this.marked.k)) {
        context.strokeStyle = '#fff';
        context.lineWidth = 2;
        this.dot(context, figure, this.marked.k, 2 * width + 2, true);
      }
    }
  }

  /** A line's width by the size of the person. */
  width(figure) {
    const height = (figure.box[3] - figure.box[1]) * this.scale;
    return Math.min(5, Math.max(1.1, height / 85));
  }

  /** The stage is dark in both themes. */
  bright(colour) {
    return this.look.dark ? colour : mix(colour, [1, 1, 1], 0.18);
  }

  dot(context, figure, k, radius, hollow = false) {
    context.beginPath();
    context.arc(figure.xy[2 * k] * this.scale, figure.xy[2 * k + 1] * this.scale, radius, 0, 2 * Math.PI);
    if (hollow) {
      context.stroke();
    } else {
      context.fill();
    }
  }

  frame(context, figure) {
    const [x1, y1, x2, y2] = figure.box.map((value) => value * this.scale);
    const colour = this.look.css(figure.id);
    if (this.look.boxes) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.setLineDash(figure.interpolated ? [5, 4] : []);
      context.strokeRect(x1, y1, x2 - x1, y2 - y1);
      context.setLineDash([]);
    }
    if (this.look.names) {
      const text = `${Math.abs(figure.id)}`;
      context.font = '600 11px system-ui, sans-serif';
      const width = context.measureText(text).width + 10;
      const left = Math.min(this.stage.clientWidth - width, Math.max(0, (x1 + x2 - width) / 2));
      const top = Math.max(0, y1 - 20);
      context.fillStyle = colour;
      context.beginPath();
      context.roundRect(left, top, width, 16, 8);
      context.fill();
      context.fillStyle = '#fff';
      context.fillText(text, left + 5, top + 12);
    }
  }

  pick(x, y) {
    let best = null;
    for (const figure of this.figures) {
      for (let k = 0; k < figure.scores.length; k++) {
        if (this.seen(figure, k)) {
          const distance = Math.hypot(figure.xy[2 * k] * this.scale - x, figure.xy[2 * k + 1] * this.scale - y);
          if (distance < PICK_PIXELS && (!best || distance < best.distance)) {
            best = { figure, k, distance };
          }
        }
      }
    }
    return best;
  }

  mark(picked) {
    this.marked = picked;
  }
}

export { Overlay };
