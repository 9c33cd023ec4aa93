// The list of people who are seen: shown or not, followed or not, with scores and angles.

import { People } from 'rtm/people.js';

/** Milliseconds after which somebody who is gone leaves the list. */
const GONE = 4000;

class LivePeople extends People {
  constructor(section, look, space, changed) {
    section.querySelector('ul').replaceChildren();
    super(section, { manifest: { people: [], depth: Boolean(space) }, count: 2 }, look, space, changed);
    section.hidden = false;
    this.list = section.querySelector('ul');
    this.nobody = section.querySelector('#nobody');
    this.depth = Boolean(space);
    this.seen = new Map();
  }

  draw(figures) {
    const now = performance.now();
    for (const figure of figures) {
      this.seen.set(figure.id, now);
      this.meet(figure);
    }
    for (const [id, at] of this.seen) {
      if (now - at > GONE) {
        this.seen.delete(id);
        this.rows.get(id)?.item.remove();
        this.rows.delete(id);
        this.look.hidden.delete(id);
      }
    }
    super.draw(figures);
    this.nobody.hidden = this.rows.size > 0;
  }

  meet(figure) {
    let row = this.rows.get(figure.id);
    if (!row) {
      row = this.row({ id: figure.id, frames: 0 }, { count: 2, manifest: { depth: this.depth } });
      row.about = row.item.querySelector('.about');
      row.angles = document.createElement('div');
      row.angles.className = 'angles';
      row.item.append(row.angles);
      this.rows.set(figure.id, row);
      const after = [...this.rows.keys()].filter((id) => id > figure.id).sort((a, b) => a - b)[0];
      this.list.insertBefore(row.item, after === undefined ? null : this.rows.get(after).item);
    }
    row.about.textContent = `score ${figure.boxScore.toFixed(2)}`;
    this.drawAngles(row.angles, figure.angles);
  }

  drawAngles(place, angles) {
    place.hidden = !angles;
    const all = Object.entries(angles ?? {});
    while (place.children.length > all.length) {
      place.lastChild.remove();
    }
    all.forEach(([name, degrees], i) => {
      const line = place.children[i] ?? place.appendChild(document.createElement('span'));
      line.textContent = `${name.replaceAll('_', ' ')} ${degrees.toFixed(0)}°`;
    });
  }
}

export { LivePeople };
