// The people in 3D.

import {
  AmbientLight, BufferAttribute, BufferGeometry, Color, CylinderGeometry, DirectionalLight, DynamicDrawUsage,
  Fog, Group, InstancedMesh, LineBasicMaterial, LineSegments, Matrix4, Mesh,
  MeshBasicMaterial, MeshLambertMaterial, OctahedronGeometry, PerspectiveCamera, Quaternion, Scene, SphereGeometry, Vector3, WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { mix, styled } from 'rtm/look.js';

const BODY = 0.021;
const FINE = 0.0055;
const JOINT = 1.45;
const FLOOR_REACH = 12;
const FLOOR_PIECE = 2;
const CELL = 0.5;
const PICK_PIXELS = 14;
const UP = new Vector3(0, 1, 0);

/** Many copies of one shape, each with its own place and colour. */
class Copies {
  constructor(geometry, parent) {
    this.geometry = geometry;
    this.parent = parent;
    this.material = new MeshLambertMaterial({ fog: false });
    this.make(512);
    this.mesh.count = 0;
  }

  make(room) {
    this.mesh = new InstancedMesh(this.geometry, this.material, room);
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    this.mesh.setColorAt(0, new Color());
    this.mesh.frustumCulled = false;
    this.parent.add(this.mesh);
    this.room = room;
  }

  /** The same shapes in one colour. */
  castOn(shadow, material) {
    this.shadow = shadow;
    this.shade = material;
    this.makeDark();
  }

  makeDark() {
    this.dark = new InstancedMesh(this.geometry, this.shade, this.room);
    this.dark.instanceMatrix = this.mesh.instanceMatrix;
    this.dark.frustumCulled = false;
    this.shadow.add(this.dark);
  }

  begin(most) {
    if (most > this.room) {
      this.parent.remove(this.mesh);
      this.mesh.dispose();
      this.make(2 * most);
      if (this.dark) {
        this.shadow.remove(this.dark);
        this.makeDark();
      }
    }
    this.count = 0;
    this.casting = 0;
  }

  add(matrix, colour) {
    this.mesh.setMatrixAt(this.count, matrix);
    this.mesh.setColorAt(this.count, colour);
    this.count++;
  }

  end() {
    this.mesh.count = this.count;
    if (this.dark) {
      this.dark.count = this.casting;
    }
    this.mesh.instanceMatrix.needsUpdate = true;
    this.mesh.instanceColor.needsUpdate = true;
  }
}

class Space {
  constructor(canvas, labels, manifest, look, changed) {
    this.canvas = canvas;
    this.labels = labels;
    this.manifest = manifest;
    this.look = look;
    this.software = drawsInSoftware();
    this.renderer = new WebGLRenderer({ canvas, antialias: !this.software });
    this.scene = new Scene();
    this.scene.fog = new Fog(0);
    this.eye = new PerspectiveCamera(42, 1, 0.02, 200);
    this.controls = new OrbitControls(this.eye, canvas);
    this.controls.addEventListener('change', changed);
    this.controls.maxDistance = 60;
    this.scene.add(new AmbientLight(0xffffff, 1.7));
    this.light = new DirectionalLight(0xffffff, 2.0);
    this.light.position.set(1.5, 4, 2.5);
    this.scene.add(this.light);

    this.shadow = new Group();
    this.shadow.scale.y = 1e-4;
    this.shade = new MeshBasicMaterial();
    this.scene.add(this.shadow);
    const ball = this.software ? new SphereGeometry(1, 7, 5) : new SphereGeometry(1, 18, 12);
    const speck = this.software ? new OctahedronGeometry(1) : new SphereGeometry(1, 5, 3);
    this.joints = new Copies(ball, this.scene);
    this.specks = new Copies(speck, this.scene);
    this.bones = new Copies(new CylinderGeometry(1, 1, 1, this.software ? 5 : 10, 1, true), this.scene);
    this.bones.castOn(this.shadow, this.shade);
    this.marker = new Mesh(new SphereGeometry(1, 18, 12), new MeshBasicMaterial({ transparent: true, opacity: 0.45, fog: false }));
    this.marker.visible = false;
    this.scene.add(this.marker);
    this.floor = this.makeFloor();
    this.standOn(manifest.floor);
    this.frustum = this.makeFrustum();
    this.figures = [];
    this.followed = null;
    this.size = { width: 0, height: 0, ratio: 0 };
    this.theme();
  }

  theme() {
    const colour = (name) => new Color().setRGB(...styled(name), 'srgb');
    this.scene.background = colour('--space');
    this.scene.fog.color = colour('--space');
    this.shade.color = colour('--shadow');
    this.floor.children[0].material.color = colour('--grid');
    this.floor.children[1].material.color = colour('--grid-strong');
    this.marker.material.color = colour('--accent');
    if (this.frustum) {
      this.frustum.material.color = colour('--frustum');
    }
  }

  makeFloor() {
    const fine = [];
    const strong = [];
    const steps = FLOOR_REACH / CELL;
    for (let i = -steps; i <= steps; i++) {
      const at = i * CELL;
      const into = i % 2 === 0 ? strong : fine;
      // In short pieces, since a line that ends behind the eye is lost as a whole on some drivers.
      for (let from = -FLOOR_REACH; from < FLOOR_REACH; from += FLOOR_PIECE) {
        const to = from + FLOOR_PIECE;
        into.push(at, 0, from, at, 0, to, from, 0, at, to, 0, at);
      }
    }
    const floor = new Group();
    for (const points of [fine, strong]) {
      floor.add(new LineSegments(lines(points), new LineBasicMaterial()));
    }
    this.scene.add(floor);
    return floor;
  }

  /** Lifts or lowers the floor. */
  standOn(height) {
    this.manifest.floor = height;
    this.floor.position.y = height;
    this.shadow.position.y = height + 0.002;
  }

  /** The camera where it stands, with the picture's four corners. */
  makeFrustum() {
    const { camera, width, height } = this.manifest;
    if (!camera) {
      return null;
    }
    const depth = 0.55;
    const corner = (u, v) => [((u - camera.cx) / camera.fx) * depth, (-(v - camera.cy) / camera.fy) * depth, -depth];
    const corners = [corner(0, 0), corner(width, 0), corner(width, height), corner(0, height)];
    const points = [];
    corners.forEach((c, i) => points.push(0, 0, 0, ...c, ...c, ...corners[(i + 1) % 4]));
    const top = corner(width / 2, -height * 0.14);
    points.push(...corner(width * 0.38, 0), ...top, ...top, ...corner(width * 0.62, 0));
    const frustum = new LineSegments(lines(points), new LineBasicMaterial());
    const [right, up, back] = camera.axes.map((axis) => new Vector3(...axis));
    frustum.quaternion.setFromRotationMatrix(new Matrix4().makeBasis(right, up, back));
    frustum.position.set(...camera.position);
    this.scene.add(frustum);
    return frustum;
  }

  /** A processor that draws cannot smooth what moves: it draws twice as fine what stands. */
  ratio(fine) {
    return this.software ? (fine ? 2 : 1) : Math.min(2, devicePixelRatio);
  }

  resize(fine = true) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = this.ratio(fine);
    const { size } = this;
    if ((width === size.width && height === size.height && ratio === size.ratio) || width === 0) {
      return;
    }
    this.size = { width, height, ratio };
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.eye.aspect = width / height;
    this.eye.updateProjectionMatrix();
  }

  /** Shows people. */
  show(figures) {
    this.figures = figures.filter((figure) => figure.xyz && this.look.shows(figure));
    this.build();
    this.follow();
  }

  seen(figure, k) {
    return figure.scores[k] >= this.look.minScore && figure.scores[k] > 0 && Number.isFinite(figure.xyz[3 * k]);
  }

  build() {
    const { points, links } = this.manifest;
    const { look } = this;
    this.joints.begin(this.figures.length * points.length);
    this.specks.begin(this.figures.length * points.length);
    this.bones.begin(this.figures.length * links.length);
    const matrix = new Matrix4();
    const a = new Vector3();
    const colour = new Color();
    for (const figure of this.figures) {
      for (let k = 0; k < points.length; k++) {
        if (this.seen(figure, k)) {
          a.fromArray(figure.xyz, 3 * k);
          const radius = JOINT * (look.detail[k] ? FINE : BODY);
          matrix.makeScale(radius, radius, radius).setPosition(a);
          const copies = look.detail[k] ? this.specks : this.joints;
          copies.add(matrix, this.paint(colour, figure, look.point(figure, k), figure.scores[k]));
        }
      }
    }
    // The body's first: where a processor draws, only these cast shadows.
    for (const fine of [false, true]) {
      this.figures.forEach((figure) => this.buildBones(figure, fine, matrix, colour));
      if (!fine || !this.software) {
        this.bones.casting = this.bones.count;
      }
    }
    this.joints.end();
    this.specks.end();
    this.bones.end();
  }

  paint(colour, figure, plain, score) {
    return colour.setRGB(...mix(plain, this.look.ground, this.look.pale(figure, score)), 'srgb');
  }

  buildBones(figure, fine, matrix, colour) {
    const { look } = this;
    const a = new Vector3();
    const b = new Vector3();
    const size = new Vector3();
    const turn = new Quaternion();
    this.manifest.links.forEach(([from, to], l) => {
      if (fine === Boolean(look.detail[from] && look.detail[to])) {
        if (this.seen(figure, from) && this.seen(figure, to)) {
          a.fromArray(figure.xyz, 3 * from);
          b.fromArray(figure.xyz, 3 * to).sub(a);
          const length = b.length();
          const radius = fine ? FINE : BODY;
          a.addScaledVector(b, 0.5);
          turn.setFromUnitVectors(UP, b.divideScalar(length || 1));
          matrix.compose(a, turn, size.set(radius, length, radius));
          const score = Math.min(figure.scores[from], figure.scores[to]);
          this.bones.add(matrix, this.paint(colour, figure, look.link(figure, l), score));
        }
      }
    });
  }

  render(fine) {
    this.resize(fine);
    const above = this.eye.position.y > this.manifest.floor;
    this.floor.visible = this.look.floor;
    this.floor.children[0].visible = fine || !this.software;
    this.shadow.visible = this.look.floor && above;
    if (this.frustum) {
      this.frustum.visible = this.look.camera;
    }
    const far = this.eye.position.distanceTo(this.controls.target);
    this.scene.fog.near = far;
    this.scene.fog.far = 2 * far + 7;
    const { x, z } = this.controls.target;
    this.floor.position.x = Math.round(x);
    this.floor.position.z = Math.round(z);
    this.renderer.render(this.scene, this.eye);
    this.label();
  }

  /** A name over every head. */
  label() {
    const shown = this.look.names ? this.figures : [];
    while (this.labels.children.length < shown.length) {
      this.labels.append(document.createElement('span'));
    }
    [...this.labels.children].forEach((label, i) => {
      const figure = shown[i];
      const top = figure && this.top(figure);
      label.hidden = !top;
      if (top) {
        label.textContent = figure.id > 0 ? `${figure.id}` : `${-figure.id}`;
        label.style.background = this.look.css(figure.id);
        label.style.transform = `translate(${top.x}px, ${top.y}px) translate(-50%, -130%)`;
      }
    });
  }

  /** The highest keypoint of the head; of everything where no head is seen. */
  top(figure) {
    let best = -1;
    const above = (k) => best < 0 || figure.xyz[3 * k + 1] > figure.xyz[3 * best + 1];
    for (const among of [this.look.head, this.look.everything]) {
      for (const k of among) {
        if (this.seen(figure, k) && above(k)) {
          best = k;
        }
      }
      if (best >= 0) {
        return this.project(figure, best);
      }
    }
    return null;
  }

  /** Where a keypoint is on the canvas, in CSS pixels; null behind the eye. */
  project(figure, k) {
    const p = new Vector3().fromArray(figure.xyz, 3 * k).project(this.eye);
    return p.z > 1 || p.z < -1
      ? null
      : { x: ((p.x + 1) / 2) * this.size.width, y: ((1 - p.y) / 2) * this.size.height, depth: p.z };
  }

  /** The keypoint nearest to a place on the canvas, if one is near. */
  pick(x, y) {
    let best = null;
    for (const figure of this.figures) {
      for (let k = 0; k < figure.scores.length; k++) {
        const p = this.seen(figure, k) && this.project(figure, k);
        const distance = p ? Math.hypot(p.x - x, p.y - y) : Infinity;
        if (distance < PICK_PIXELS && (!best || distance < best.distance)) {
          best = { figure, k, distance };
        }
      }
    }
    return best;
  }

  /** Marks a keypoint, or none. */
  mark(picked) {
    const figure = picked && this.figures.find((other) => other.id === picked.id);
    this.marker.visible = Boolean(figure && this.seen(figure, picked.k));
    if (this.marker.visible) {
      const radius = 2.3 * (this.look.detail[picked.k] ? 2 * FINE : BODY);
      this.marker.position.fromArray(figure.xyz, 3 * picked.k);
      this.marker.scale.set(radius, radius, radius);
    }
  }

  /** Middle and reach of people. */
  extent(figures) {
    const low = new Vector3(Infinity, Infinity, Infinity);
    const high = new Vector3(-Infinity, -Infinity, -Infinity);
    const p = new Vector3();
    for (const figure of figures) {
      for (let k = 0; k < figure.scores.length; k++) {
        if (this.seen(figure, k)) {
          p.fromArray(figure.xyz, 3 * k);
          low.min(p);
          high.max(p);
        }
      }
    }
    if (low.x > high.x) {
      return null;
    }
    return { middle: low.clone().add(high).multiplyScalar(0.5), reach: Math.max(0.15, low.distanceTo(high) / 2) };
  }

  /** Looks at everybody. */
  fit(direction = new Vector3(0.55, 0.32, 1)) {
    const extent = this.extent(this.figures);
    this.resize();
    if (extent) {
      const narrow = Math.min(1, this.eye.aspect);
      const distance = (1.02 * extent.reach) / (Math.sin((this.eye.fov * Math.PI) / 360) * narrow);
      this.controls.target.copy(extent.middle);
      this.eye.position.copy(extent.middle).addScaledVector(direction.normalize(), distance);
      this.controls.update();
    }
    return Boolean(extent);
  }

  fromAbove() {
    this.fit(new Vector3(0, 1, 0.001));
  }

  /** Looks as the camera looked, or from the front where it is not known. */
  fromCamera() {
    const { camera, height } = this.manifest;
    const extent = this.extent(this.figures);
    if (!camera) {
      this.fit(new Vector3(0, 0, 1));
      return;
    }
    this.eye.fov = (2 * Math.atan(height / 2 / camera.fy) * 180) / Math.PI;
    this.eye.fov = Math.min(90, Math.max(20, this.eye.fov));
    this.eye.updateProjectionMatrix();
    const forward = new Vector3(...camera.axes[2]).negate();
    this.eye.position.set(...camera.position);
    const distance = extent ? Math.max(0.3, extent.middle.clone().sub(this.eye.position).dot(forward)) : 3;
    this.controls.target.copy(this.eye.position).addScaledVector(forward, distance);
    this.controls.update();
  }

  /** Moves along with one person. */
  follow() {
    const figure = this.figures.find((other) => other.id === this.followed);
    const extent = figure && this.extent([figure]);
    if (extent) {
      const hips = this.hips(figure) ?? extent.middle;
      const move = hips.clone().sub(this.controls.target);
      this.eye.position.add(move);
      this.controls.target.copy(hips);
      this.controls.update();
    }
  }

  hips(figure) {
    const names = this.manifest.points.map(([name]) => name);
    const both = [names.indexOf('left_hip'), names.indexOf('right_hip')];
    if (both.some((k) => k < 0 || !this.seen(figure, k))) {
      return null;
    }
    const [left, right] = both.map((k) => new Vector3().fromArray(figure.xyz, 3 * k));
    return left.add(right).multiplyScalar(0.5);
  }
}

/** Whether there is no graphics card, or none that the browser uses. */
function drawsInSoftware() {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const name = names ? context.getParameter(names.UNMASKED_RENDERER_WEBGL) : '';
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

function lines(points) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(points), 3));
  return geometry;
}

export { Space };
