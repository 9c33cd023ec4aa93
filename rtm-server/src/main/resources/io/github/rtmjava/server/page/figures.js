// People of an answer, in the form that the viewer's modules draw.

import { AXES } from 'rtm/axes.js';

const FLOOR_FRAMES = 90;
const FLOOR_SHARE = 0.1;

/** Whether people of that frame of 3D keypoints, in metres, can be shown in space. */
function hasSpace(frame) {
  return frame in AXES;
}

function turned(points, axes, mirrored) {
  const out = new Float32Array(3 * points.length);
  points.forEach((point, k) => {
    axes.forEach((row, axis) => {
      out[3 * k + axis] = row[0] * point[0] + row[1] * point[1] + row[2] * point[2];
    });
    if (mirrored) {
      out[3 * k] *= -1;
    }
  });
  return out;
}

/** The people of an answer; seen in a mirror if wanted. */
function figuresOf({ persons, width }, frame, mirrored) {
  return persons.map((person, i) => {
    const xy = new Float32Array(person.keypoints.flat());
    let box = person.bbox;
    if (mirrored) {
      for (let k = 0; k < xy.length; k += 2) {
        xy[k] = width - xy[k];
      }
      box = [width - box[2], box[1], width - box[0], box[3]];
    }
    return {
      id: person.id ?? -1 - i,
      interpolated: false,
      box,
      boxScore: person.bbox_score,
      xy,
      scores: Float32Array.from(person.keypoint_scores),
      xyz: person.keypoints_3d && hasSpace(frame) ? turned(person.keypoints_3d, AXES[frame], mirrored) : null,
      angles: person.angles_3d_deg ?? person.angles_2d_deg ?? null,
    };
  });
}

/** Where the floor is, by the lowest keypoints of the last seconds. */
class Floor {
  constructor() {
    this.lows = [];
  }

  /** Takes people; the height of the floor, or null while nobody knows. */
  add(figures, minScore) {
    let low = Infinity;
    for (const { xyz, scores } of figures) {
      scores.forEach((score, k) => {
        if (xyz && score >= minScore && xyz[3 * k + 1] < low) {
          low = xyz[3 * k + 1];
        }
      });
    }
    if (Number.isFinite(low)) {
      this.lows.push(low);
      this.lows.splice(0, this.lows.length - FLOOR_FRAMES);
    }
    const sorted = [...this.lows].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.floor(FLOOR_SHARE * sorted.length)] : null;
  }
}

export { Floor, figuresOf, hasSpace };
