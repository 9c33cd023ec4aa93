// The picture and the 2D keypoints over it.

import { Overlay } from 'rtm/overlay.js';

class Stage extends Overlay {
  constructor(section, canvas, backdrop, manifest, look) {
    super(canvas.parentElement, canvas, manifest, look);
    this.section = section;
    this.backdrop = backdrop;
    this.fill();
  }

  /** Fills the section; where that has no height of its own, a part of the window. */
  fill() {
    const alone = matchMedia('(max-width: 640px)').matches;
    this.resize(this.section.clientWidth, alone ? 0.5 * innerHeight : this.section.clientHeight);
  }

  /** Shows the picture that people were found in. */
  picture(image, mirrored) {
    const { width, height } = this.manifest;
    if (this.backdrop.width !== width || this.backdrop.height !== height) {
      this.backdrop.width = width;
      this.backdrop.height = height;
    }
    const context = this.backdrop.getContext('2d');
    context.setTransform(mirrored ? -1 : 1, 0, 0, 1, mirrored ? width : 0, 0);
    context.drawImage(image, 0, 0, width, height);
  }
}

export { Stage };
