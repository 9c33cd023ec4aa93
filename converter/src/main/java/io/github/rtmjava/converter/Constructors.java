package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.Py.Dict;
import io.github.rtmjava.converter.Py.Global;
import io.github.rtmjava.converter.Py.Instance;
import io.github.rtmjava.converter.Py.NumpyArray;
import io.github.rtmjava.converter.Py.NumpyType;
import io.github.rtmjava.converter.Py.Plain;
import io.github.rtmjava.converter.Py.Sequence;
import io.github.rtmjava.converter.Py.Storage;
import io.github.rtmjava.converter.Py.Tuple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The closed table of what a pickle may construct: dictionaries, tensors, numpy arrays and numbers.
 * A name outside it is kept as a name; nothing is looked up anywhere else.
 */
class Constructors {
  private static final int MAX_COPIED = 4_000_000;

  /** Heap bytes of a dictionary's entry, and of a list's. */
  private static final int ENTRY = 48;

  private static final int ELEMENT = 8;
  private static final int MAX_TYPE_CODE = 512;

  final ObjectBudget budget = new ObjectBudget();

  /** Elements that calls copied from one container to another. */
  private int copied;

  /** One per string, so that a pickle cannot multiply a long one by encoding it again and again. */
  private final IdentityHashMap<Data, Plain> encoded = new IdentityHashMap<>();

  /** Calls a function or class with arguments. */
  Py call(Py callee, List<Py> args) throws CheckpointException {
    if (!(callee instanceof Global global)) {
      return new Instance(callee instanceof Instance i ? i.type : "<object>", args);
    }
    switch (global.name()) {
      case "collections.OrderedDict", "__builtin__.dict", "builtins.dict" -> {
        Dict dict = new Dict();
        if (!args.isEmpty()) {
          for (Py pair : copyable(args.get(0))) {
            List<Py> keyAndValue = copyable(pair);
            put(dict, keyAndValue);
          }
        }
        return dict;
      }
      case "collections.defaultdict" -> {
        return new Dict();
      }
      case "__builtin__.set",
          "builtins.set",
          "__builtin__.frozenset",
          "builtins.frozenset",
          "__builtin__.list",
          "builtins.list",
          "collections.deque" -> {
        List<Py> values = args.isEmpty() ? List.of() : copyable(args.get(0));
        return new Sequence(new ArrayList<>(values));
      }
      case "torch.Size", "__builtin__.tuple", "builtins.tuple" -> {
        return new Tuple(args.isEmpty() ? List.of() : sequence(args.get(0)));
      }
      case "_codecs.encode", "codecs.encode" -> {
        return encode(argument(args, 0));
      }
      case "__builtin__.bytes", "builtins.bytes", "__builtin__.bytearray", "builtins.bytearray" -> {
        return args.isEmpty() ? new Plain(new Data.Bytes(new byte[0])) : toBytes(args.get(0));
      }
      case "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3" -> {
        return TorchTensors.rebuild(global.name(), args);
      }
      case "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.nn.parameter.Parameter" -> {
        return argument(args, 0);
      }
      case "torch._tensor._rebuild_from_type_v2", "torch.tensor._rebuild_from_type" -> {
        return rebuildFromType(argument(args, 0), sequence(argument(args, 2)));
      }
      case "numpy.dtype" -> {
        return numpyTypeNamed(
            argument(args, 0) instanceof Global type ? type.name() : PyText.of(argument(args, 0)));
      }
      case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" -> {
        return new NumpyArray();
      }
      case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" -> {
        NumpyArray array = new NumpyArray();
        array.content = argument(args, 0);
        array.type = numpyType(argument(args, 1));
        array.shape = longs(argument(args, 2));
        array.fortranOrder = PyText.key(argument(args, 3)).equals("F");
        return array;
      }
      case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" -> {
        return NumpyArrays.scalar(numpyType(argument(args, 0)), args);
      }
      default -> {
        return new Instance(global.name(), args);
      }
    }
  }

  /** What a persistent identifier stands for. */
  Py persistent(Py id) throws CheckpointException {
    List<Py> parts = id instanceof Tuple tuple ? tuple.values() : List.of();
    String kind = parts.isEmpty() ? "" : PyText.key(parts.get(0));
    if (kind.equals("module") && parts.size() >= 2) {
      return parts.get(1); // a class with its source text, which is of no use here
    }
    if (!kind.equals("storage") || parts.size() < 5) {
      throw PickleMachine.damaged("a persistent object of kind '%s'".formatted(kind));
    }
    String type = parts.get(1) instanceof Global global ? global.name() : PyText.key(parts.get(1));
    String key = PyText.key(parts.get(2));
    long elements = integer(parts.get(4));
    long from = 0;
    if (parts.size() > 5 && parts.get(5) instanceof Tuple view && view.values().size() == 3) {
      from = integer(view.values().get(1));
      elements = integer(view.values().get(2));
    }
    if (elements < 0 || from < 0) {
      throw PickleMachine.damaged("a storage of %s elements from %s".formatted(elements, from));
    }
    return new Storage(key, TorchTensors.elementType(type), from, elements);
  }

  /** Appends to a list, set or unknown object. */
  static void append(Py target, List<Py> values) throws CheckpointException {
    if (target instanceof Sequence sequence) {
      sequence.values.addAll(values);
    } else if (target instanceof Instance instance) {
      instance.items.addAll(values);
    } else {
      throw PickleMachine.damaged("an append to something that is no list");
    }
  }

  /** Adds keys and values, which follow each other in {@code pairs}. */
  void put(Py target, List<Py> pairs) throws CheckpointException {
    Map<String, Py> values;
    if (target instanceof Dict dict) {
      values = dict.values;
    } else if (target instanceof Instance instance) {
      values = instance.entries;
    } else {
      throw PickleMachine.damaged("an entry for something that is no dictionary");
    }
    if (pairs.size() % 2 != 0) {
      throw PickleMachine.damaged("a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      String key = PyText.key(pairs.get(i));
      budget.spend(ENTRY + (isText(pairs.get(i)) ? 0 : key.length()));
      values.put(key, pairs.get(i + 1));
    }
  }

  /** Sets an object's state. */
  static void build(Py target, Py state) throws CheckpointException {
    if (target instanceof Instance instance) {
      instance.state = state;
    } else if (target instanceof NumpyArray array) {
      // (version, shape, dtype, is Fortran, data)
      List<Py> parts = sequence(state);
      array.shape = longs(argument(parts, 1));
      array.type = numpyType(argument(parts, 2));
      array.fortranOrder = PyText.key(argument(parts, 3)).equals("True");
      array.content = argument(parts, 4);
    } else if (target instanceof NumpyType type) {
      // (version, byte order, …)
      type.bigEndian = PyText.key(argument(sequence(state), 1)).equals(">");
    }
    // Attributes of dictionaries and tensors (_metadata of a state dict) describe no weights.
  }

  /** A tensor of a subclass: what a function makes of it, which is no other call of this kind. */
  private Py rebuildFromType(Py function, List<Py> args) throws CheckpointException {
    if (function instanceof Global global && global.name().contains("_rebuild_from_type")) {
      throw PickleMachine.damaged("a tensor's type within its type");
    }
    return call(function, args);
  }

  private Plain encode(Py text) throws CheckpointException {
    if (!(text instanceof Plain plain && plain.data() instanceof Data.Text string)) {
      throw PickleMachine.damaged("an encoding of something that is no string");
    }
    Plain done = encoded.get(string);
    if (done == null) {
      budget.spend(string.value().length());
      done = new Plain(new Data.Bytes(PickleMachine.latin1(string.value())));
      encoded.put(string, done);
    }
    return done;
  }

  private Plain toBytes(Py value) throws CheckpointException {
    return value instanceof Plain plain && plain.data() instanceof Data.Bytes
        ? plain
        : encode(value);
  }

  /** Elements about to be copied; a pickle may not copy a long list again and again. */
  private List<Py> copyable(Py container) throws CheckpointException {
    List<Py> values = sequence(container);
    budget.spend((long) ELEMENT * values.size());
    copied += values.size();
    if (copied > MAX_COPIED || copied < 0) {
      throw new CheckpointException(
          "the pickle copies more than %s elements between containers; this is no checkpoint"
              .formatted(MAX_COPIED));
    }
    return values;
  }

  static Py argument(List<Py> args, int index) throws CheckpointException {
    if (index >= args.size()) {
      throw PickleMachine.damaged("a call with too few arguments");
    }
    return args.get(index);
  }

  static List<Py> sequence(Py value) throws CheckpointException {
    if (value instanceof Tuple tuple) {
      return tuple.values();
    }
    if (value instanceof Sequence sequence) {
      return sequence.values;
    }
    throw PickleMachine.damaged("another object where a tuple belongs");
  }

  static long integer(Py value) throws CheckpointException {
    if (value instanceof Plain plain && plain.data() instanceof Data.Int number) {
      return number.value();
    }
    throw PickleMachine.damaged("another object where an integer belongs");
  }

  /** Integers of a tuple, at most as many as tensors have dimensions. */
  static List<Long> longs(Py value) throws CheckpointException {
    List<Py> values = sequence(value);
    if (values.size() > TensorSizes.MAX_RANK) {
      throw PickleMachine.damaged("an array of %s dimensions".formatted(values.size()));
    }
    List<Long> out = new ArrayList<>();
    for (Py v : values) {
      out.add(integer(v));
    }
    return List.copyOf(out);
  }

  private static boolean isText(Py value) {
    return value instanceof Plain plain && plain.data() instanceof Data.Text;
  }

  private static NumpyType numpyTypeNamed(String code) throws CheckpointException {
    if (code.length() > MAX_TYPE_CODE) {
      throw PickleMachine.damaged(
          "a numpy type whose name has %s characters".formatted(code.length()));
    }
    return new NumpyType(code);
  }

  private static NumpyType numpyType(Py value) throws CheckpointException {
    if (value instanceof NumpyType type) {
      return type;
    }
    throw PickleMachine.damaged("another object where a numpy type belongs");
  }
}
