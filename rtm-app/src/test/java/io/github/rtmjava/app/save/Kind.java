package io.github.rtmjava.app.save;

/**
 * A made-up model, and what follows from its keypoints.
 *
 * @param name of the model
 * @param space whether it has depth
 * @param keypoints how many
 * @param openPose how many OpenPose has of them: BODY_25 or COCO-18, 70 of the face, 42 of hands
 * @param angles how many of the body; 0 where it is none
 * @param bones how many; 0 where it is no body
 */
record Kind(String name, boolean space, int keypoints, int openPose, int angles, int bones) {
  static final Kind WHOLE = new Kind("fake-pose", true, 133, 25 + 70 + 42, 28, 60);

  static Kind[] others() {
    return new Kind[] {
      new Kind("fake-flat-pose", false, 133, 25 + 70 + 42, 28, 60),
      new Kind("fake-body", true, 17, 18, 20, 16),
      new Kind("fake-flat-body", false, 17, 18, 20, 16),
      new Kind("fake-hand", true, 21, 18, 0, 0),
      new Kind("fake-flat-hand", false, 21, 18, 0, 0)
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
