package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AnimationModel;
import de.javagl.jgltf.model.AnimationModel.Channel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.SkinModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GLB files in the hands of a library that reads glTF. */
class JgltfTest {
  private static final float[] NOWHERE = new float[16];

  @TempDir Path folder;

  @Test
  void bendsTheSameJointsToTheSamePlaces() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    List<PoseFrame> frames = Recordings.random(recording, 3);
    Recordings.write("glb", recording, frames, folder);
    GlbReader own = new GlbReader(folder.resolve("walk.glb"));
    GltfModel model = new GltfModelReader().read(folder.resolve("walk.glb").toUri());

    assertEquals(own.people(), model.getSkinModels().size());
    assertEquals(own.people(), model.getAnimationModels().size());
    for (PoseFrame frame : frames) {
      move(model, (float) frame.time());
      for (int i = 0; i < own.people(); i++) {
        if (own.seen(i, frame.time())) {
          assertPlaces(own.positions(i, frame.time()), model.getSkinModels().get(i));
        }
      }
    }
  }

  /** What Blender and others make an armature and an action of. */
  @Test
  void everybodyHasANodeAndAnAnimationOfTheirOwn() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    Recordings.write("glb", recording, Recordings.random(recording, 3), folder);
    GltfModel model = new GltfModelReader().read(folder.resolve("walk.glb").toUri());
    Set<NodeModel> armatures = new HashSet<>();
    assertTrue(model.getSkinModels().size() > 1);
    for (int i = 0; i < model.getSkinModels().size(); i++) {
      List<NodeModel> joints = model.getSkinModels().get(i).getJoints();
      NodeModel armature = joints.get(0).getParent();
      assertTrue(armatures.add(armature), "two people below one node");
      assertNull(armature.getParent());
      assertEquals(model.getSkinModels().get(i).getName(), armature.getName());
      AnimationModel animation = model.getAnimationModels().get(i);
      assertEquals(armature.getName(), animation.getName());
      for (Channel channel : animation.getChannels()) {
        assertTrue(joints.contains(channel.getNodeModel()), "it moves somebody else");
      }
    }
  }

  private static void assertPlaces(Map<String, double[]> expected, SkinModel skin) {
    for (NodeModel joint : skin.getJoints()) {
      float[] global = joint.computeGlobalTransform(NOWHERE.clone());
      double[] place = {global[12], global[13], global[14]};
      assertArrayEquals(expected.get(joint.getName()), place, 1e-4, joint.getName());
    }
  }

  /** What a player does at the time of a key. */
  private static void move(GltfModel model, float time) {
    List<Channel> channels =
        model.getAnimationModels().stream().flatMap(each -> each.getChannels().stream()).toList();
    for (Channel channel : channels) {
      AccessorFloatData times =
          (AccessorFloatData) channel.getSampler().getInput().getAccessorData();
      AccessorFloatData values =
          (AccessorFloatData) channel.getSampler().getOutput().getAccessorData();
      int key = 0;
      while (key + 1 < times.getNumElements() && times.get(key + 1, 0) <= time) {
        key++;
      }
      float[] value = new float[values.getNumComponentsPerElement()];
      for (int i = 0; i < value.length; i++) {
        value[i] = values.get(key, i);
      }
      NodeModel node = channel.getNodeModel();
      switch (channel.getPath()) {
        case "translation" -> node.setTranslation(value);
        case "rotation" -> node.setRotation(value);
        case "scale" -> node.setScale(value);
        default -> throw new AssertionError("nobody animates " + channel.getPath());
      }
    }
  }
}
