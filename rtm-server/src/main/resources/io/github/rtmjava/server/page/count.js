// How many people are seen, for those who hear the page.

/** Milliseconds for which a number has to stay before it is said. */
const STEADY = 2000;

/** Says a number once it has stayed, and nothing of what changes all the time. */
class Count {
  constructor(place) {
    this.place = place;
  }

  /**
   * Takes a number.
   *
   * @param count of people; null while nobody looks
   */
  show(count, now) {
    if (count !== this.count) {
      this.count = count;
      this.since = now;
    }
    if (now - this.since >= STEADY || count === null) {
      this.say(count);
    }
  }

  say(count) {
    const text = count === null ? '' : count === 1 ? '1 person is seen.' : `${count || 'No'} people are seen.`;
    if (this.place.textContent !== text) {
      this.place.textContent = text;
    }
  }
}

export { Count };
