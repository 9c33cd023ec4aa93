"""Asks Blender what it sees in a GLB of several people.

blender --background --factory-startup --python-exit-code 1 \
    --python rtm-output/src/test/blender/check_glb.py -- people.glb

Each person must be one armature with the file's bones, one mesh that follows it and one action that
moves every bone; the hips must be where the file says, in metres and with Z up.
"""

import json
import struct
import sys
import warnings

import numpy

# Importers of Blender up to 3.4 use a name that numpy has dropped in 1.24.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    if not hasattr(numpy, "bool"):
        numpy.bool = bool

import bpy

CLOSE = 1e-3  # metres


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack_from("<I", data, 12)[0]
    return json.loads(data[20 : 20 + length]), data[28 + length :]


def floats(gltf, binary, number):
    view = gltf["bufferViews"][gltf["accessors"][number]["bufferView"]]
    count = view["byteLength"] // 4
    return struct.unpack_from(f"<{count}f", binary, view.get("byteOffset", 0))


def check(what, expected, found):
    if expected != found:
        raise AssertionError(f"{what}: expected {expected}, found {found}")


def bones_of(gltf, skin):
    """Name and parent's name of each bone."""
    parents = {}
    for joint in skin["joints"]:
        node = gltf["nodes"][joint]
        parents.setdefault(node["name"], None)
        for child in node.get("children", []):
            parents[gltf["nodes"][child]["name"]] = node["name"]
    return parents


def action_of(armature):
    """The one action, be it the active one or laid aside as a track."""
    data = armature.animation_data
    actions = {strip.action for track in data.nla_tracks for strip in track.strips}
    if data.action:
        actions.add(data.action)
    check(f"actions of {armature.name}", 1, len(actions))
    return actions.pop()


def check_hips(gltf, binary, animation, armature):
    """Plays the action alone, and compares the way of the hips with the file's."""
    sampler = next(
        animation["samplers"][channel["sampler"]]
        for channel in animation["channels"]
        if channel["target"]["path"] == "translation"
    )
    times = floats(gltf, binary, sampler["input"])
    places = floats(gltf, binary, sampler["output"])
    scene = bpy.context.scene
    worst = 0
    for i, time in enumerate(times):
        at = time * scene.render.fps
        scene.frame_set(int(at), subframe=at - int(at))
        hips = armature.matrix_world @ armature.pose.bones["Hips"].head
        x, y, z = places[3 * i : 3 * i + 3]
        worst = max(worst, (hips.x - x) ** 2 + (hips.y + z) ** 2 + (hips.z - y) ** 2)
    if worst**0.5 > CLOSE:
        raise AssertionError(f"{armature.name}: the hips are off by {worst ** 0.5:.4f} m")
    return len(times)


def main(path):
    gltf, binary = read(path)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.import_scene.gltf(filepath=path)
    armatures = {o.name: o for o in bpy.data.objects if o.type == "ARMATURE"}
    meshes = [o for o in bpy.data.objects if o.type == "MESH"]
    people = [skin["name"] for skin in gltf["skins"]]
    if len(people) < 2:
        raise AssertionError(f"expected a file of several people, found {people}")
    check("armatures", sorted(people), sorted(armatures))
    check("actions", len(people), len(bpy.data.actions))
    for skin, animation in zip(gltf["skins"], gltf["animations"]):
        name = skin["name"]
        armature = armatures[name]
        bones = {b.name: b.parent.name if b.parent else None for b in armature.data.bones}
        check(f"bones of {name}", bones_of(gltf, skin), bones)
        action = action_of(armature)
        if name not in action.name:
            raise AssertionError(f"the action of {name} is called {action.name}")
        turned = {
            curve.data_path.split('"')[1]
            for curve in action.fcurves
            if curve.data_path.endswith("rotation_quaternion")
        }
        check(f"bones that {action.name} turns", set(bones), turned)
        follows = [
            mesh.name
            for mesh in meshes
            if any(m.type == "ARMATURE" and m.object == armature for m in mesh.modifiers)
        ]
        check(f"meshes that follow {name}", [name + "_mesh"], follows)
        armature.animation_data.action = action
        keys = check_hips(gltf, binary, animation, armature)
        print(f"{name}: {len(bones)} bones, action {action.name}, {keys} keys")
    print(f"as it should be: {len(people)} people, Blender {bpy.app.version_string}")


main(sys.argv[sys.argv.index("--") + 1])
