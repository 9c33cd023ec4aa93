// Puts the page together. Of the other modules only timeline.js and graph.js know the names of elements
// of this page; the others get theirs, and any page with the colours of viewer.css can use them. Modules
// import each other by names that an import map gives addresses, here data: ones, elsewhere paths.

import { Clock } from 'rtm/clock.js';
import { Recording } from 'rtm/data.js';
import { Graph } from 'rtm/graph.js';
import { Look } from 'rtm/look.js';
import { Overlay } from 'rtm/overlay.js';
import { People } from 'rtm/people.js';
import { Space } from 'rtm/scene.js';
import { Timeline } from 'rtm/timeline.js';

/** Milliseconds without a change, after which what stands is drawn finely. */
const QUIET = 250;

/** Milliseconds between drawings of the timeline where a processor draws while it plays. */
const SLOW = 300;

const find = (id) => document.getElementById(id);

class App {
  constructor(recording) {
    this.recording = recording;
    this.manifest = recording.manifest;
    this.figures = [];
    this.shown = -1;
    this.drawn = 0;
    this.fitted = false;
    this.pointer = null;
    this.dirty = true;
    this.fine = false;
    this.changedAt = this.panelsAt = -Infinity;
    this.look = new Look(this.manifest);
    this.clock = new Clock(recording, () => this.change());
    this.overlay = new Overlay(find('stage'), find('overlay'), this.manifest, this.look);
    this.space = this.manifest.depth ? this.openSpace() : null;
    this.timeline = new Timeline(document, recording, this.look, this.clock);
    this.graph = new Graph(document, recording, this.look, this.clock, () => this.change());
    this.people = new People(find('people'), recording, this.look, this.space, () => this.restyle());
    this.layOut();
    this.describe();
    this.listen();
    this.openMedia(this.manifest.media.kind, this.manifest.media.href);
    requestAnimationFrame((now) => this.tick(now));
  }

  openSpace() {
    try {
      return new Space(find('scene'), find('labels'), this.manifest, this.look, () => this.change());
    } catch {
      find('message').textContent = 'This browser gives no WebGL, without which there is no 3D view.';
      return null;
    }
  }

  /** Without depth the picture takes the place of space. */
  layOut() {
    if (!this.manifest.depth) {
      document.querySelector('main').classList.add('flat');
      for (const child of find('space').children) {
        child.hidden = child.id !== 'message';
      }
      find('space').append(find('picture'));
      find('space').setAttribute('aria-label', 'Picture');
      for (const id of ['show-floor', 'show-camera']) {
        find(id).parentElement.hidden = true;
      }
    }
    if (!this.manifest.camera) {
      find('show-camera').parentElement.hidden = true;
    }
    find('show-picture').parentElement.hidden = this.manifest.media.kind === 'none';
  }

  describe() {
    const { model, width, height, frames, frameRate, note, frame, depth, keypointSet, points } = this.manifest;
    const rate = frameRate > 0 && frames > 1 ? `, ${Number(frameRate.toFixed(2))} fps` : '';
    find('subtitle').textContent =
      `${model} · ${points.length} keypoints (${keypointSet}) · ${width} × ${height}${rate}`;
    find('note').textContent = depth ? `Frame “${frame}”. ${note}` : note;
    find('colours').value = this.look.byPeople ? 'people' : 'skeleton';
    find('min-score').max = Math.max(1, this.look.minScore);
    find('min-score').value = this.look.minScore;
    find('min-score-value').value = this.look.minScore.toFixed(2);
    if (this.recording.count === 0) {
      find('message').textContent = 'Nothing was written into this page: the recording has no frames.';
    }
  }

  listen() {
    find('theme').addEventListener('click', () => this.theme());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.theme(this.look.preferred()));
    find('help-button').addEventListener('click', () => find('help').showModal());
    find('view-fit').addEventListener('click', () => this.view('fit'));
    find('view-camera').addEventListener('click', () => this.view('fromCamera'));
    find('view-top').addEventListener('click', () => this.view('fromAbove'));
    find('colours').addEventListener('change', (event) => {
      this.look.byPeople = event.target.value === 'people';
      this.restyle();
    });
    find('min-score').addEventListener('input', (event) => {
      this.look.minScore = Number(event.target.value);
      find('min-score-value').value = this.look.minScore.toFixed(2);
      this.restyle();
    });
    for (const name of ['floor', 'camera', 'names', 'boxes', 'picture']) {
      find(`show-${name}`).addEventListener('change', (event) => {
        this.look[name] = event.target.checked;
        find('video').style.visibility = find('image').style.visibility = this.look.picture ? '' : 'hidden';
        this.restyle();
      });
    }
    find('media-file').addEventListener('change', (event) => this.choose(event.target.files[0]));
    this.hover(find('scene'), () => this.space);
    this.hover(find('overlay'), () => this.overlay);
    addEventListener('keydown', (event) => this.key(event));
    const resized = new ResizeObserver(() => this.resized());
    resized.observe(find('space'));
    resized.observe(find('picture').parentElement);
    resized.observe(find('time'));
    this.resized();
  }

  resized() {
    const panel = find('picture');
    if (this.manifest.depth) {
      const part = innerWidth <= 820 ? 0.6 : 0.4;
      this.overlay.resize(panel.clientWidth, Math.max(160, part * innerHeight));
    } else {
      this.overlay.resize(find('space').clientWidth, find('space').clientHeight);
    }
    this.change();
  }

  view(name) {
    if (this.space) {
      this.space.followed = null;
      this.space.eye.fov = 42;
      this.space.eye.updateProjectionMatrix();
      this.space[name]();
      this.change();
    }
  }

  theme(name = this.look.dark ? 'light' : 'dark') {
    this.look.theme(name);
    this.space?.theme();
    this.restyle();
  }

  key(event) {
    const typing = /^(SELECT|TEXTAREA)$/.test(event.target.tagName) || find('help').open;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const second = event.shiftKey;
    const keys = {
      ' ': () => this.clock.toggle(),
      ArrowLeft: () => (second ? this.clock.jump(-1) : this.clock.step(-1)),
      ArrowRight: () => (second ? this.clock.jump(1) : this.clock.step(1)),
      Home: () => this.clock.seek(0),
      End: () => this.clock.seek(this.recording.count - 1),
      '[': () => this.timeline.changeSpeed(-1),
      ']': () => this.timeline.changeSpeed(1),
      0: () => this.view('fit'),
      c: () => this.view('fromCamera'),
      t: () => this.view('fromAbove'),
      f: () => this.people.followNext(this.figures),
      d: () => this.theme(),
    };
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const own = event.key === ' ' && /^(BUTTON|SUMMARY)$/.test(event.target.tagName);
    const slider = event.target.id === 'min-score' && event.key.startsWith('Arrow');
    if (action && !own && !slider) {
      event.preventDefault();
      action();
    }
  }

  openMedia(kind, href) {
    const element = kind === 'video' ? find('video') : find('image');
    if (kind === 'none') {
      return;
    }
    element.addEventListener(kind === 'video' ? 'loadeddata' : 'load', () => {
      element.hidden = false;
      find('media-message').hidden = true;
      if (kind === 'video') {
        this.clock.use(element);
      }
    }, { once: true });
    element.addEventListener('error', () => {
      element.hidden = true;
      this.clock.video = null;
      find('media-message').hidden = false;
      find('media-message').firstElementChild.textContent =
        `The ${kind} is not where it was, or this browser cannot show it.`;
      this.resized();
    });
    element.src = href;
  }

  /** Somebody's own choice in the place of a video that is not found. */
  choose(file) {
    if (file) {
      this.openMedia(file.type.startsWith('image/') ? 'picture' : 'video', URL.createObjectURL(file));
    }
  }

  /** The keypoint under the pointer is named, beside it. */
  hover(canvas, view) {
    canvas.addEventListener('pointerleave', () => {
      this.pointer = null;
      this.point();
    });
    canvas.addEventListener('pointermove', (event) => {
      this.pointer = event.buttons === 0 ? { canvas, view, x: event.clientX, y: event.clientY } : null;
      this.point();
    });
  }

  /** What is under the pointer now; the picture under it may have moved. */
  point() {
    const tip = find('tip');
    const { canvas, view, x, y } = this.pointer ?? {};
    const box = canvas?.getBoundingClientRect();
    const picked = box ? view()?.pick(x - box.left, y - box.top) : null;
    if (!picked) {
      tip.hidden = true;
      this.mark(null);
      return;
    }
    this.tell(tip, picked);
    const beside = (at, size, room) => (at + 14 + size + 8 <= room ? at + 14 : Math.max(8, at - 14 - size));
    const left = beside(x, tip.offsetWidth, innerWidth);
    const top = beside(y, tip.offsetHeight, innerHeight);
    tip.style.transform = `translate(${left}px, ${top}px)`;
    this.mark({ id: picked.figure.id, k: picked.k });
  }

  mark(picked) {
    if (picked?.id !== this.marked?.id || picked?.k !== this.marked?.k) {
      this.marked = picked;
      this.space?.mark(picked);
      this.overlay.mark(picked);
      this.change();
    }
  }

  tell(tip, { figure, k }) {
    const name = document.createElement('b');
    name.textContent = this.manifest.points[k][0].replaceAll('_', ' ');
    const unit = (values, digits, what) => `${[...values].map((v) => v.toFixed(digits)).join(', ')} ${what}`;
    const rows = [
      `${this.look.name(figure.id)}${figure.interpolated ? ', interpolated' : ''}`,
      `score ${figure.scores[k].toFixed(2)}`,
      unit(figure.xy.subarray(2 * k, 2 * k + 2), 1, 'px'),
    ];
    if (figure.own && this.manifest.frame !== 'uvd') {
      rows.push(unit(figure.own.subarray(3 * k, 3 * k + 3), 3, 'm'));
    }
    tip.replaceChildren(name, rows.join('\n'));
    tip.hidden = false;
  }

  /** Something about the time, the eye or the layout is another. */
  change() {
    this.dirty = true;
  }

  /** Something about the looks of the frame shown is another. */
  restyle() {
    this.shown = -1;
    this.dirty = true;
  }

  tick(now) {
    this.clock.tick(now);
    const { frame } = this.clock;
    if (frame !== this.shown && this.recording.count > 0) {
      const figures = this.recording.figures(frame);
      if (figures) {
        this.take(figures, frame);
      }
      if (!figures || frame % this.manifest.chunk === 0) {
        this.recording.load(frame).then(() => this.change(), (error) => this.fail(error));
      }
    }
    const quiet = !this.clock.playing && now - this.changedAt > QUIET;
    if (this.dirty || (quiet && !this.fine)) {
      this.changedAt = this.dirty ? now : this.changedAt;
      this.dirty = false;
      this.fine = quiet;
      this.draw();
    }
    requestAnimationFrame((later) => this.tick(later));
  }

  take(figures, frame) {
    this.figures = figures;
    this.shown = frame;
    this.dirty = true;
    this.space?.show(figures);
    this.overlay.show(figures);
    if (this.space && !this.fitted) {
      this.fitted = this.space.fit();
    }
    this.space?.mark(this.marked);
  }

  draw() {
    this.space?.render(this.fine);
    this.overlay.draw();
    if (this.pointer) {
      this.point();
    }
    const now = performance.now();
    const { playing } = this.clock;
    // Whoever presses a button sees at once that it was pressed.
    const turned = playing !== this.playing;
    if (turned || !playing || !this.space?.software || now - this.panelsAt > SLOW) {
      this.playing = playing;
      this.panelsAt = now;
      this.timeline.draw();
      this.graph.draw();
      this.people.draw(this.figures);
    }
    this.drawn++;
  }

  fail(error) {
    find('message').textContent = `The poses of this frame cannot be read: ${error.message}`;
  }
}

Recording.open((id) => find(id).textContent)
  .then((recording) => {
    // For scripts and tests: what is shown, and how it goes.
    window.rtmViewer = new App(recording);
  })
  .catch((error) => {
    find('message').textContent = `This page cannot be read: ${error.message}`;
    console.error(error);
  });
