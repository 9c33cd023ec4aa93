// The 3D view without a mouse.

const MOVE = 24;
const TURN = 14;
const SCALES = { '+': 0.9, '=': 0.9, '-': 1 / 0.9 };

/** Arrow keys move, with Shift they turn, plus and minus come nearer and go away. */
function listenToKeys(canvas, controls) {
  controls.keyPanSpeed = MOVE;
  controls.keyRotateSpeed = TURN;
  controls.listenToKeyEvents(canvas);
  canvas.addEventListener('keydown', ({ key }) => {
    if (key in SCALES) {
      const { object: eye, target } = controls;
      eye.position.sub(target).multiplyScalar(SCALES[key]).add(target);
      controls.update();
    }
  });
}

export { listenToKeys };
