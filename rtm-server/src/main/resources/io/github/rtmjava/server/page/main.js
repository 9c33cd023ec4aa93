// Puts the page together.

import { Look } from 'rtm/look.js';
import { Space } from 'rtm/scene.js';
import { Delays } from './delays.js';
import { Demo } from './demo.js';
import { Floor, figuresOf, hasSpace } from './figures.js';
import { LivePeople } from './people.js';
import { Pump } from './pump.js';
import { Recorder } from './recorder.js';
import { LiveStream, ServerCamera } from './server-camera.js';
import { Service, Stream } from './socket.js';
import { CameraSource, PictureSource, VideoSource, cameraTrouble } from './sources.js';
import { Stage } from './stage.js';

/** A picture is looked at a few times, so that what is smoothed over time has come to rest. */
const LOOKS = 3;

/** Milliseconds between changes of the numbers. */
const SLOW = 500;

/** Milliseconds until a lost connection is tried again. */
const AGAIN = 1500;

/** Milliseconds between drawings in 3D where a processor draws, which the networks need too. */
const SOFTLY = 150;

const FLOOR_STEP = 0.03;

/** Settings that one of many who watch a camera cannot change. */
const NOT_FOR_ALL = ['model', 'det-every', 'bbox-thr', 'smooth', 'single', 'mirror'];

const find = (id) => document.getElementById(id);

const hex = (colour) => parseInt(colour.slice(1), 16);

class Live {
  constructor() {
    this.service = new Service();
    this.delays = new Delays(find('stages'), find('rate'));
    this.recorder = new Recorder(find, this.service, (message) => this.stream?.tell(message), (lines) => this.complain(lines));
    this.figures = [];
    this.dirty = false;
    this.listen();
    requestAnimationFrame((now) => this.tick(now));
  }

  async begin() {
    this.say('A clip that comes with the service. Choose a camera, picture or video.');
    find('badge').textContent = 'shipped clip';
    try {
      const demo = await Demo.start((message, video) => this.demonstrate(message, video));
      if (this.source || this.starting) {
        demo?.stop();
      } else {
        this.demo = demo;
        find('badge').hidden = false;
      }
    } catch {
      // Without the clip there is the page.
    }
    await this.models();
    await this.serverCameras();
  }

  demonstrate(message, video) {
    if (this.demo && !this.source) {
      if (this.hello !== this.demo.hello) {
        this.greet(this.demo.hello);
      }
      this.show(message, video, false);
    }
  }

  /** Fills the list of models; asks for the token first where one is needed. */
  async models() {
    const response = await this.ask(() => this.service.get('/v1/models'));
    const models = await response.json();
    find('model').replaceChildren(...models.map(({ name }) => new Option(name, name)));
  }

  /** Offers the cameras at the server, and shows the first one unless something else is shown. */
  async serverCameras() {
    const cameras = await (await this.service.get('/v1/cameras')).json();
    find('server-cameras').replaceChildren(...cameras.map(({ name }) => new Option(name, name)));
    find('use-server').hidden = cameras.length === 0;
    find('which-server').hidden = cameras.length < 2;
    if (cameras.length > 0 && !this.source && !this.starting) {
      await this.useServerCamera();
    }
  }

  /** Does something that may need a token, and asks for one until it is right. */
  async ask(act) {
    for (;;) {
      try {
        return await act();
      } catch (refusal) {
        if (refusal.status !== 401) {
          this.complain([refusal.message]);
          throw refusal;
        }
        if (this.service.token) {
          find('ask-why').textContent = 'That is not a token of this service. Whoever runs it has one for you.';
        }
        this.service.token = await this.token();
      }
    }
  }

  token() {
    const dialog = find('ask');
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(find('token').value.trim()), { once: true });
      dialog.showModal();
    });
  }

  say(text) {
    if (find('status').textContent !== text) {
      find('status').textContent = text;
    }
  }

  /** Says what is wrong and what to do; nothing takes it away. */
  complain(lines) {
    find('trouble').replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement('p'), { textContent: line })));
    find('trouble').hidden = lines.length === 0;
  }

  listen() {
    find('use-camera').addEventListener('click', () => this.useCamera());
    find('cameras').addEventListener('change', (event) => this.useCamera(event.target.value));
    find('use-server').addEventListener('click', () => this.useServerCamera());
    find('server-cameras').addEventListener('change', () => this.useServerCamera());
    find('use-file').addEventListener('change', (event) => {
      this.useFile(event.target.files[0]);
      event.target.value = '';
    });
    find('stop').addEventListener('click', () => this.stop());
    find('theme').addEventListener('click', () => this.theme(this.look?.dark ? 'light' : 'dark'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.theme(this.look?.preferred()));
    find('view-fit').addEventListener('click', () => this.view('fit'));
    find('view-camera').addEventListener('click', () => this.view('fromCamera'));
    find('view-top').addEventListener('click', () => this.view('fromAbove'));
    this.listenToSettings();
    this.listenToDrops();
    const resized = new ResizeObserver(() => this.resized());
    resized.observe(find('picture'));
    resized.observe(find('space'));
  }

  listenToSettings() {
    for (const id of ['model', 'det-every']) {
      find(id).addEventListener('change', () => this.reconnect());
    }
    find('size').addEventListener('change', () => (this.source?.camera ? this.reconnect() : this.source && this.feed()));
    const live = { smooth: 'smooth', single: 'single_person', angles: 'angles' };
    for (const [id, name] of Object.entries(live)) {
      find(id).addEventListener('change', (event) => this.set({ [name]: event.target.checked }));
    }
    find('bbox-thr').addEventListener('input', (event) => {
      find('bbox-thr-value').value = Number(event.target.value).toFixed(2);
      this.threshold = event.target.value;
      this.set({ bbox_thr: this.threshold });
    });
    find('min-score').addEventListener('input', (event) => {
      find('min-score-value').value = Number(event.target.value).toFixed(2);
      this.restyle();
    });
    for (const id of ['colours', 'boxes', 'mirror']) {
      find(id).addEventListener('change', () => this.restyle());
    }
  }

  listenToDrops() {
    const place = find('picture');
    addEventListener('dragover', (event) => {
      event.preventDefault();
      place.classList.add('drop');
    });
    addEventListener('dragleave', () => place.classList.remove('drop'));
    addEventListener('drop', (event) => {
      event.preventDefault();
      place.classList.remove('drop');
      this.useFile(event.dataTransfer.files[0]);
    });
    addEventListener('paste', (event) => {
      const file = [...event.clipboardData.files][0];
      if (file) {
        this.useFile(file);
      }
    });
  }

  async useCamera(id) {
    this.starting = true;
    this.say('Waiting for the camera …');
    try {
      const source = await CameraSource.open(id, 1280);
      await this.use(source);
      const cameras = await CameraSource.list();
      find('cameras').replaceChildren(
        ...cameras.map(({ label, deviceId }, i) => new Option(label || `Camera ${i + 1}`, deviceId, false, deviceId === source.id)));
      find('which').hidden = cameras.length < 2;
    } catch (error) {
      this.say('There is no camera.');
      this.complain(cameraTrouble(error));
    } finally {
      this.starting = false;
    }
  }

  async useServerCamera() {
    this.starting = true;
    try {
      await this.use(new ServerCamera(find('server-cameras').value));
    } finally {
      this.starting = false;
    }
  }

  async useFile(file) {
    if (!file) {
      return;
    }
    this.starting = true;
    try {
      const source = file.type.startsWith('image/')
        ? await PictureSource.open(file) : await VideoSource.open(URL.createObjectURL(file), file.name);
      await this.use(source);
    } catch {
      this.complain([`${file.name || 'The file'} cannot be shown by this browser.`, 'Choose a picture (JPEG, PNG, WebP) or a video (MP4, WebM).']);
    } finally {
      this.starting = false;
    }
  }

  /** Shows a source in place of what is shown. */
  async use(source) {
    this.complain([]);
    this.demo?.stop();
    this.demo = null;
    find('badge').hidden = true;
    this.source?.close();
    this.source = source;
    this.looks = 0;
    source.onEnd(() => {
      if (this.source === source) {
        this.stop();
        this.complain(['The camera is gone: it was unplugged, or the browser took it back.', 'Plug it in and choose it again.']);
      }
    });
    find('stop').hidden = false;
    for (const id of NOT_FOR_ALL) {
      find(id).disabled = Boolean(source.camera);
    }
    await this.reconnect();
  }

  stop() {
    this.pump?.stop();
    this.stream?.close();
    this.stream = null;
    this.source?.close();
    this.source = null;
    find('stop').hidden = true;
    this.recorder.enable(false);
    this.say('Stopped. Choose a camera, picture or video.');
  }

  get query() {
    const query = {
      det_every: find('det-every').value,
      smooth: find('smooth').checked,
      single_person: find('single').checked,
      angles: find('angles').checked,
    };
    if (find('model').value) {
      query.model = find('model').value;
    }
    if (this.threshold) {
      query.bbox_thr = this.threshold;
    }
    return query;
  }

  /** A new connection, with what is asked for now. */
  async reconnect() {
    const { source } = this;
    if (!source) {
      return;
    }
    this.pump?.stop();
    this.stream?.close();
    this.recorder.enable(false);
    this.say('Connecting …');
    const { stream, hello } = await this.ask(async () => {
      const made = this.connection(source);
      return { stream: made, hello: await made.open() };
    });
    if (this.source !== source) {
      stream.close();
      return;
    }
    this.stream = stream;
    this.greet(hello);
    this.recorder.enable(true);
    this.recorder.depth(hasSpace(hello.frame));
    this.delays.clear();
    this.feed();
    this.say(`${source.name}, looked at by ${hello.network}.`);
  }

  connection({ camera }) {
    return camera
      ? new LiveStream(this.service, { camera, size: find('size').value, angles: find('angles').checked }, this)
      : new Stream(this.service, this.query, this);
  }

  feed() {
    this.pump?.stop();
    if (this.source.camera) {
      this.pump = null;
      return;
    }
    this.pump = new Pump(this.source, Number(find('size').value), {
      free: () => this.stream?.free,
      send: (stamp, bytes, frame) => this.stream.send(stamp, bytes, frame),
    });
  }

  /** What the listener of a stream hears. */
  lost(reason) {
    this.recorder.enable(false);
    this.say(`The connection broke off${reason ? `: ${reason}` : ''}. Trying again …`);
    setTimeout(() => this.reconnect().catch(() => this.lost('')), AGAIN);
  }

  /** How the camera at the server is. */
  cameraState({ state, detail }) {
    const lost = state === 'lost';
    find('badge').hidden = !lost;
    find('badge').textContent = 'no pictures';
    if (lost) {
      this.failing = true;
      this.figures = [];
      this.dirty = true;
      if (this.told !== detail) {
        this.complain([`At the server ${detail}.`, 'It goes on by itself as soon as the camera is back.']);
      }
    }
    this.told = lost ? detail : null;
  }

  failed({ detail }) {
    this.complain([detail]);
    this.failing = true;
    this.pump?.again();
  }

  recording(state) {
    this.recorder.take(state);
  }

  poses(message, frame) {
    const answered = performance.now();
    if (this.failing) {
      this.failing = false;
      this.complain([]);
    }
    this.show(message, frame.canvas, this.source?.live && find('mirror').checked);
    this.waiting = { ...frame, answered, ms: message.ms };
    this.looks++;
    if (this.looks < LOOKS) {
      this.pump?.again();
    }
  }

  set(values) {
    if (this.source?.camera) {
      this.reconnect();
      return;
    }
    this.stream?.tell({ set: values });
    this.looks = 0;
    this.pump?.again();
  }

  /** Another model, or another clip: everything that draws begins anew. */
  greet(hello) {
    this.hello = hello;
    this.view3d = null;
    this.manifest = null;
  }

  /** Shows people in a picture. */
  show(message, image, mirrored) {
    const { width, height } = message;
    if (message.camera) {
      this.camera = message.camera;
    }
    if (!this.manifest || this.manifest.width !== width || this.manifest.height !== height) {
      this.build(width, height);
    }
    this.figures = figuresOf(message, this.hello.frame, mirrored);
    this.stage.picture(image, mirrored);
    const low = this.floor.add(this.figures, this.look.minScore);
    if (this.space && low !== null && Math.abs(low - this.manifest.floor) > FLOOR_STEP) {
      this.space.standOn(low);
    }
    this.dirty = true;
  }

  build(width, height) {
    const { hello } = this;
    this.manifest = {
      width,
      height,
      minScore: Number(find('min-score').value),
      people: [],
      points: hello.keypoint_names.map((name, k) => [name, hex(hello.keypoint_colours[k])]),
      links: hello.links.map(([from, to, colour]) => [from, to, hex(colour)]),
      floor: 0,
      camera: this.camera && hasSpace(hello.frame)
        ? { ...this.camera, position: [0, 0, 0], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] } : null,
    };
    const theme = document.documentElement.dataset.theme;
    this.look = new Look(this.manifest);
    if (theme) {
      this.look.theme(theme);
    }
    this.floor = new Floor();
    this.fitted = false;
    this.openSpace(hasSpace(hello.frame));
    this.stage = new Stage(find('picture'), find('overlay'), find('frame'), this.manifest, this.look);
    this.people = new LivePeople(find('people'), this.look, this.space, () => this.restyle());
    this.restyle();
  }

  openSpace(depth) {
    // A canvas keeps its context for good: another scene gets another one.
    const old = find('scene');
    if (this.space) {
      this.space.controls.dispose();
      this.space.renderer.dispose();
      this.space.renderer.forceContextLoss();
      this.space = null;
      old.replaceWith(old.cloneNode());
    }
    find('labels').replaceChildren();
    find('message').textContent = depth ? '' : 'This model has no depth.';
    if (depth) {
      try {
        this.space = new Space(find('scene'), find('labels'), this.manifest, this.look, () => this.turn());
      } catch (error) {
        find('message').textContent = `This browser gives no WebGL, without which there is no 3D view (${error.message}).`;
      }
    }
  }

  /** Somebody turns the view, and is to see it at once. */
  turn() {
    this.spaceDirty = true;
    this.spaceAt = -Infinity;
  }

  view(name) {
    if (this.space) {
      this.space.followed = null;
      this.space.eye.fov = 42;
      this.space.eye.updateProjectionMatrix();
      this.space[name]();
      this.turn();
    }
  }

  theme(name) {
    if (this.look && name) {
      this.look.theme(name);
      this.space?.theme();
      this.dirty = true;
    }
  }

  restyle() {
    if (this.look) {
      this.look.byPeople = find('colours').value === 'people';
      this.look.minScore = Number(find('min-score').value);
      this.look.boxes = find('boxes').checked;
      this.dirty = true;
    }
  }

  resized() {
    this.stage?.fill();
    this.dirty = true;
  }

  tick(now) {
    if (this.dirty && this.stage) {
      this.dirty = false;
      this.draw();
    }
    this.drawSpace(now);
    if (!(now - this.shownAt < SLOW)) {
      this.shownAt = now;
      this.delays.show(this.stream?.dropped ?? 0, this.pump?.skipped ?? 0);
      this.recorder.tick();
    }
    requestAnimationFrame((next) => this.tick(next));
  }

  draw() {
    this.stage.show(this.figures);
    this.stage.draw();
    this.people.draw(this.figures);
    if (this.space) {
      this.space.show(this.figures);
      this.fitted ||= this.space.figures.length > 0 && this.space.fit();
      this.spaceDirty = true;
    }
    if (this.waiting) {
      this.delays.add({ ...this.waiting, drawn: performance.now() });
      this.waiting = null;
    }
    this.drawn = (this.drawn ?? 0) + 1;
  }

  drawSpace(now) {
    const soon = this.space?.software && now - this.spaceAt < SOFTLY;
    if (this.space && this.spaceDirty && !soon) {
      this.spaceDirty = false;
      this.spaceAt = now;
      this.space.render(false);
    }
  }
}

window.rtmLive = new Live();
window.rtmLive.begin().catch(() => {});
