// Colours, names and themes.

const PEOPLE = [
  '#3b82f6', '#f97316', '#22a55a', '#e0335d', '#a855f7',
  '#0fa3a3', '#c99700', '#ec4899', '#6b7f99', '#7aa116',
];
const HEAD = /nose|eye|ear|face|head/i;
const DETAIL = /face|thumb|finger|hand|middle|ring|pinky|eye|ear|nose|mouth|lip|brow|jaw/i;

/** 0xRRGGBB as [r, g, b], 0 to 1. */
function rgb(hex) {
  return [((hex >> 16) & 255) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

function mix(a, b, part) {
  return a.map((value, i) => value + (b[i] - value) * part);
}

function css([r, g, b], alpha = 1) {
  const byte = (value) => Math.round(255 * value);
  return `rgb(${byte(r)} ${byte(g)} ${byte(b)} / ${alpha})`;
}

/** A number of the style sheet's colours as [r, g, b]. */
function styled(name) {
  const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return rgb(parseInt(text.slice(1), 16));
}

/** A person's own colour. */
function colourOf(id, i = Math.abs(id)) {
  return rgb(parseInt(PEOPLE[(id > 0 ? id - 1 : i) % PEOPLE.length].slice(1), 16));
}

/** How things look: who has which colour, what is shown. */
class Look {
  constructor(manifest) {
    this.manifest = manifest;
    this.minScore = manifest.minScore;
    this.byPeople = manifest.people.length > 1;
    this.hidden = new Set();
    this.floor = this.camera = this.names = this.picture = true;
    this.boxes = false;
    this.people = new Map(manifest.people.map(({ id }, i) => [id, colourOf(id, i)]));
    this.detail = manifest.points.map(([name]) => DETAIL.test(name));
    this.everything = manifest.points.map((point, k) => k);
    this.head = this.everything.filter((k) => HEAD.test(manifest.points[k][0]));
    this.theme(this.preferred());
  }

  preferred() {
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  theme(name) {
    this.dark = name === 'dark';
    document.documentElement.dataset.theme = name;
    this.ground = styled('--space');
    this.parts = this.manifest.points.map(([, colour]) => this.legible(rgb(colour)));
    this.lines = this.manifest.links.map(([, , colour]) => this.legible(rgb(colour)));
  }

  /** White on white and black on black cannot be seen. */
  legible(colour) {
    const light = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
    if (!this.dark && light > 0.8) {
      return mix(colour, [0.36, 0.4, 0.47], 0.85);
    }
    if (!this.dark && light > 0.55) {
      return mix(colour, [0, 0, 0], 0.22);
    }
    return this.dark && light < 0.15 ? mix(colour, [1, 1, 1], 0.4) : colour;
  }

  name(id) {
    return id > 0 ? `Person ${id}` : `Person ${-id} of the frame`;
  }

  person(id) {
    return this.people.get(id) ?? colourOf(id);
  }

  /** A person's colour for style sheets. */
  css(id) {
    return css(this.person(id));
  }

  point(figure, k) {
    return this.byPeople ? mix(this.person(figure.id), [1, 1, 1], 0.25) : this.parts[k];
  }

  link(figure, l) {
    return this.byPeople ? this.person(figure.id) : this.lines[l];
  }

  /** How much of the ground shines through: weak scores and interpolated people are paler. */
  pale(figure, score) {
    const weak = 0.45 * (1 - Math.min(1, score / Math.max(0.05, 2 * this.minScore)));
    return Math.max(weak, figure.interpolated ? 0.5 : 0);
  }

  shows(figure) {
    return !this.hidden.has(figure.id);
  }
}

export { Look, css, mix, styled };
