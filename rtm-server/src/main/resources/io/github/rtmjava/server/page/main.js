// Puts the page together.

import { Look } from 'rtm/look.js';
import { Space } from 'rtm/scene.js';
import { Count } from './count.js';
import { Delays } from './delays.js';
import { Demo } from './demo.js';
import { listenToDrops } from './drops.js';
import { Floor, figuresOf, hasSpace } from './figures.js';
import { listenToKeys } from './keys.js';
import { LivePeople } from './people.js';
import { near } from './frame-file.js';
import { Pump } from './pump.js';
import { Recorder } from './recorder.js';
import { LiveStream, ServerCamera } from './server-camera.js';
import { Refusal, Service, Stream } from './socket.js';
import { CameraSource, cameraTrouble, openFile } from './sources.js';
import { Stage } from './stage.js';

/** A picture is looked at a few times, so that what is smoothed over time has come to rest. */
const LOOKS = 3;

/** Milliseconds between changes of the numbers. */
const SLOW = 500;

/** Milliseconds until a lost connection is tried again; twice as long each time, up to a limit. */
const AGAIN = 1500;
const SELDOMEST = 12_000;

/** Milliseconds until a picture that was refused is sent again. */
const PAUSE = 500;

/** Milliseconds between drawings in 3D where a processor draws, which the networks need too. */
const SOFTLY = 150;

const FLOOR_STEP = 0.03;

/** Settings that one of many who watch a camera cannot change. */
const NOT_FOR_ALL = ['model', 'det-every', 'bbox-thr', 'smooth', 'single', 'mirror'];

const DARK = matchMedia('(prefers-color-scheme: dark)');

const find = (id) => document.getElementById(id);

const preferred = () => (DARK.matches ? 'dark' : 'light');

const hex = (colour) => parseInt(colour.slice(1), 16);

class Live {
  constructor() {
    this.service = new Service();
    this.delays = new Delays(find('stages'), find('rate'));
    this.count = new Count(find('count'));
    this.recorder = new Recorder(find, this.service, (message) => this.stream?.tell(message), (lines) => this.complain(lines));
    this.figures = [];
    this.dirty = false;
    this.choices = 0;
    this.connections = 0;
    this.theme(preferred());
    this.listen();
    requestAnimationFrame((now) => this.tick(now));
  }

  async begin() {
    await Promise.all([this.startDemo(), this.models()]);
    await this.serverCameras();
  }

  async startDemo() {
    try {
      const demo = await Demo.start((message, video) => this.demonstrate(message, video));
      if (this.choices > 0) {
        demo.stop();
        return;
      }
      this.demo = demo;
      find('badge').textContent = 'shipped clip';
      find('badge').hidden = false;
      find('stop').hidden = false;
      this.say('A clip that comes with the service. Choose a camera, picture or video.');
    } catch {
      // Without the clip there is the page.
      if (this.choices === 0) {
        this.say('Choose a camera, picture or video.');
      }
    }
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
    if (cameras.length > 0 && this.choices === 0) {
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
        const token = await this.token();
        if (!token) {
          const nothing = new Refusal({ detail: 'Without a token this service shows its clip only. Choose a source to be asked again.' }, 401);
          this.complain([nothing.message]);
          throw nothing;
        }
        this.service.token = token;
      }
    }
  }

  /** What somebody enters; nothing if they would rather not. */
  token() {
    const dialog = find('ask');
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(dialog.returnValue ? find('token').value.trim() : ''), { once: true });
      dialog.returnValue = '';
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
    const text = lines.join('\n');
    if (text !== this.complaint) {
      this.complaint = text;
      find('trouble').hidden = lines.length === 0;
      find('trouble').replaceChildren(
        ...lines.map((line) => Object.assign(document.createElement('p'), { textContent: line })));
    }
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
    find('theme').addEventListener('click', () =>
      this.theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
    DARK.addEventListener('change', () => this.theme(preferred()));
    find('view-fit').addEventListener('click', () => this.view('fit'));
    find('view-camera').addEventListener('click', () => this.view('fromCamera'));
    find('view-top').addEventListener('click', () => this.view('fromAbove'));
    this.listenToSettings();
    listenToDrops(find('picture'), (file) => this.useFile(file), () =>
      this.complain(['What was dropped is not a file.', 'Drop a picture or a video from a folder.']));
    const resized = new ResizeObserver(() => this.resized());
    resized.observe(find('picture'));
    resized.observe(find('space'));
  }

  listenToSettings() {
    for (const id of ['model', 'det-every']) {
      find(id).addEventListener('change', () => this.reconnect());
    }
    find('packing').value = near ? 'none' : 'jpeg';
    find('packing').addEventListener('change', () => this.source && this.feed());
    find('size').addEventListener('change', () => (this.source?.camera ? this.reconnect() : this.source && this.feed()));
    const live = { smooth: 'smooth', single: 'single_person', angles: 'angles' };
    for (const [id, name] of Object.entries(live)) {
      find(id).addEventListener('change', (event) => this.set({ [name]: event.target.checked }));
    }
    find('bbox-thr').addEventListener('input', (event) => {
      find('bbox-thr-value').value = Number(event.target.value).toFixed(2);
      event.target.removeAttribute('aria-valuetext');
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

  async useCamera(id) {
    this.say('Waiting for the camera …');
    const source = await this.choose(CameraSource.open(id, 1280), (error) => {
      this.say('There is no camera.');
      this.complain(cameraTrouble(error));
    });
    if (source) {
      const cameras = await CameraSource.list();
      find('cameras').replaceChildren(
        ...cameras.map(({ label, deviceId }, i) => new Option(label || `Camera ${i + 1}`, deviceId, false, deviceId === source.id)));
      find('which').hidden = cameras.length < 2;
    }
  }

  async useServerCamera() {
    await this.choose(Promise.resolve(new ServerCamera(find('server-cameras').value)), () => {});
  }

  async useFile(file) {
    if (file) {
      await this.choose(openFile(file), () =>
        this.complain([`${file.name || 'The file'} cannot be shown by this browser.`, 'Choose a picture (JPEG, PNG, WebP) or a video (MP4, WebM).']));
    }
  }

  /** Shows a source once it is open, unless another one was chosen meanwhile. */
  async choose(opening, explain) {
    const choice = ++this.choices;
    try {
      const source = await opening;
      if (choice !== this.choices) {
        source.close();
        return null;
      }
      await this.use(source);
      return source;
    } catch (error) {
      if (choice === this.choices) {
        explain(error);
      }
      return null;
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
    this.choices++;
    this.connections++;
    this.disconnect();
    this.demo?.stop();
    this.demo = null;
    this.source?.close();
    this.source = null;
    if (document.activeElement === find('stop')) {
      find('use-camera').focus();
    }
    find('stop').hidden = true;
    this.say('Stopped. Choose a camera, picture or video.');
  }

  disconnect() {
    this.pump?.stop();
    this.stream?.close();
    this.stream = null;
    this.recorder.enable(false);
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
    if (this.source) {
      this.say('Connecting …');
      if (!(await this.connect())) {
        this.say('Not connected.');
      }
    }
  }

  /** Connects; whether that went well, or was overtaken by something else. */
  async connect() {
    const { source } = this;
    const connection = ++this.connections;
    this.disconnect();
    let made;
    try {
      made = await this.ask(async () => {
        const stream = this.connection(source);
        return { stream, hello: await stream.open() };
      });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) {
        throw refusal;
      }
      return connection !== this.connections;
    }
    if (connection === this.connections) {
      this.start(made);
    } else {
      made.stream.close();
    }
    return true;
  }

  start({ stream, hello }) {
    this.stream = stream;
    this.complain([]);
    if (find('model').options.length === 0) {
      this.models()
        .then(() => this.serverCameras())
        .catch(() => {});
    }
    this.greet(hello);
    this.recorder.enable(true);
    this.recorder.depth(hasSpace(hello.frame));
    this.delays.clear();
    this.feed();
    this.say(`${this.source.name}, looked at by ${hello.network}.`);
  }

  connection({ camera }) {
    return camera
      ? new LiveStream(this.service, { camera, size: find('size').value, angles: find('angles').checked }, this)
      : new Stream(this.service, this.query, this);
  }

  feed() {
    this.pump?.stop();
    this.looks = 0;
    if (this.source.camera) {
      this.pump = null;
      return;
    }
    const look = {
      size: Number(find('size').value),
      plain: find('packing').value === 'none',
      most: this.hello.limits.frame_bytes,
    };
    this.pump = new Pump(this.source, look, {
      free: () => this.stream?.free,
      send: (stamp, bytes, frame) => this.stream.send(stamp, bytes, frame),
    });
  }

  /** What the listener of a stream hears. */
  lost(reason) {
    this.disconnect();
    this.say(`The connection broke off${reason ? `: ${reason}` : ''}. Trying again …`);
    this.tryAgain(AGAIN);
  }

  tryAgain(wait) {
    const { connections } = this;
    setTimeout(async () => {
      if (connections === this.connections && !(await this.connect())) {
        this.tryAgain(Math.min(2 * wait, SELDOMEST));
      }
    }, wait);
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
      this.complain([`At the server ${detail}.`, 'It goes on by itself as soon as the camera is back.']);
    }
  }

  failed({ detail }) {
    this.complain([detail]);
    this.failing = true;
    setTimeout(() => this.pump?.again(), PAUSE);
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
    const { theme } = document.documentElement.dataset;
    this.look = new Look(this.manifest);
    this.look.theme(theme);
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
        listenToKeys(find('scene'), this.space.controls);
      } catch {
        find('message').textContent = 'This browser gives no WebGL, without which there is no 3D view.';
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
    document.documentElement.dataset.theme = name;
    if (this.look) {
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
      this.people?.draw(this.figures); // whoever is gone leaves the list of a picture too
      this.count.show(this.stream ? this.figures.length : null, now);
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
