// The list of people: shown or not, followed or not.

const MOST = 200;

class People {
  constructor(section, recording, look, space, changed) {
    this.look = look;
    this.space = space;
    this.changed = changed;
    this.rows = new Map();
    const list = section.querySelector('ul');
    const { people } = recording.manifest;
    section.hidden = people.length === 0;
    const longest = [...people].sort((a, b) => b.frames - a.frames).slice(0, MOST);
    for (const person of longest.sort((a, b) => Math.abs(a.id) - Math.abs(b.id))) {
      const row = this.row(person, recording);
      this.rows.set(person.id, row);
      list.append(row.item);
    }
  }

  row({ id, frames }, recording) {
    const item = document.createElement('li');
    const label = document.createElement('label');
    const shown = document.createElement('input');
    shown.type = 'checkbox';
    shown.checked = true;
    shown.addEventListener('change', () => {
      this.look.hidden[shown.checked ? 'delete' : 'add'](id);
      this.changed();
    });
    const swatch = document.createElement('span');
    swatch.className = 'swatch';
    swatch.style.background = this.look.css(id);
    const who = document.createElement('span');
    who.className = 'who';
    who.textContent = this.look.name(id);
    const about = document.createElement('span');
    about.className = 'about';
    about.textContent = recording.count > 1 ? `${frames} frames` : '';
    label.append(shown, swatch, who, about);
    const follow = document.createElement('button');
    follow.type = 'button';
    follow.textContent = 'Follow';
    follow.setAttribute('aria-label', `Follow ${this.look.name(id)}`);
    follow.hidden = recording.count < 2 || !recording.manifest.depth;
    follow.addEventListener('click', () => this.follow(this.space?.followed === id ? null : id));
    item.append(label, follow);
    return { item, follow };
  }

  follow(id) {
    if (this.space) {
      this.space.followed = id;
      this.changed();
    }
  }

  /** Follows the next one who is there, and after the last nobody. */
  followNext(figures) {
    const there = figures.map((figure) => figure.id).sort((a, b) => a - b);
    const at = there.indexOf(this.space?.followed);
    this.follow(there[at + 1] ?? null);
  }

  draw(figures) {
    const there = new Set(figures.map((figure) => figure.id));
    for (const [id, { item, follow }] of this.rows) {
      item.classList.toggle('absent', !there.has(id));
      follow.setAttribute('aria-pressed', String(this.space?.followed === id));
    }
  }
}

export { People };
