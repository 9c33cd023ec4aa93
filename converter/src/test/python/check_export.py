"""Checks exported files with torch itself; no part of the test suite. Needs torch 1.13 or later and numpy:

    sudo apt-get install python3-torch
    ./rtm export MODEL -o a.pth && ./rtm export MODEL -o a.safetensors
    /usr/bin/python3 converter/src/test/python/check_export.py a.pth a.safetensors

Opens the .pth file with weights_only=True, which admits plain types alone, and compares every tensor with the
safetensors file byte by byte. --module FILE --network EXPRESSION also loads it, strictly, into a torch.nn.Module.
"""
import argparse
import importlib.util
import json
import struct
import sys

import torch

TYPES = {torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32", torch.float64: "F64", torch.int8: "I8",
         torch.uint8: "U8", torch.int16: "I16", torch.int32: "I32", torch.int64: "I64", torch.bool: "BOOL"}


def safetensors(path):
    """Names to (type, shape, bytes), shared tensors under all of their names."""
    data = open(path, "rb").read()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    meta = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = entry["dtype"], entry["shape"], data[8 + size + begin:8 + size + end]
    aliases = {name: of for name, of in meta.items() if name != "format" and of in tensors}
    tensors.update({name: tensors[of] for name, of in aliases.items()})
    return tensors, aliases


def contents(tensor):
    """Type, shape and bytes; numpy knows no bfloat16."""
    bits = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor
    return TYPES.get(tensor.dtype), list(tensor.shape), bits.contiguous().numpy().tobytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pth")
    parser.add_argument("safetensors")
    parser.add_argument("--module", help="a Python file with networks")
    parser.add_argument("--network", help="an expression in that file's names, for example Net('rtmw3d-l_384x288')")
    args = parser.parse_args()

    checkpoint = torch.load(args.pth, weights_only=True)
    state = checkpoint["state_dict"]
    expected, aliases = safetensors(args.safetensors)
    wrong = sorted(set(state) ^ set(expected))
    for name in set(state) & set(expected):
        if contents(state[name]) != expected[name]:
            wrong.append(name)
    for name, of in aliases.items():
        if state[name].data_ptr() != state[of].data_ptr():
            wrong.append(name + " is no alias")
    print(f"torch {torch.__version__}: {len(state)} tensors, {len(aliases)} aliases, meta {sorted(checkpoint['meta'])};"
          f" {len(wrong)} differ {wrong[:5]}")
    if args.module:
        spec = importlib.util.spec_from_file_location("networks", args.module)
        networks = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(networks)
        network = eval(args.network, vars(networks))
        print("load_state_dict(strict=True):", network.load_state_dict(state, strict=True))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
