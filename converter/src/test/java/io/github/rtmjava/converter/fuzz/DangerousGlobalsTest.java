package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.Checkpoints;
import io.github.rtmjava.converter.testing.PickleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions that scanners of pickles (picklescan, fickling) warn of, in every way a pickle can
 * call one. They are names here, and what they were to be called with stays data.
 */
class DangerousGlobalsTest {
  private static final List<String> NAMES =
      List.of(
          "os system",
          "posix system",
          "nt system",
          "os popen",
          "os execv",
          "subprocess Popen",
          "subprocess check_output",
          "subprocess run",
          "pty spawn",
          "commands getoutput",
          "builtins eval",
          "builtins exec",
          "builtins compile",
          "builtins open",
          "builtins getattr",
          "builtins setattr",
          "builtins apply",
          "builtins breakpoint",
          "builtins __import__",
          "__builtin__ eval",
          "__builtin__ execfile",
          "__builtin__ getattr",
          "importlib import_module",
          "runpy run_code",
          "runpy _run_code",
          "code InteractiveInterpreter",
          "cProfile runctx",
          "profile run",
          "pdb run",
          "bdb Bdb",
          "timeit timeit",
          "doctest debug_script",
          "ensurepip _run_pip",
          "pip main",
          "idlelib.pyshell ModifiedInterpreter",
          "lib2to3.pgen2.pgen ParserGenerator",
          "pickle loads",
          "_pickle loads",
          "marshal loads",
          "shelve open",
          "types FunctionType",
          "types CodeType",
          "operator attrgetter",
          "operator methodcaller",
          "_operator attrgetter",
          "functools partial",
          "ctypes CDLL",
          "shutil rmtree",
          "os remove",
          "os.path join",
          "socket socket",
          "asyncio.unix_events _UnixSubprocessTransport",
          "requests.api get",
          "httplib HTTPSConnection",
          "urllib.request urlopen",
          "aiohttp.client ClientSession",
          "webbrowser open",
          "smtplib SMTP",
          "sys exit",
          "sys modules",
          "signal signal",
          "torch load",
          "torch.jit load",
          "torch.hub load",
          "torch.utils.data.datapipes.utils.decoder basichandlers",
          "torch._inductor.codecache compile_file",
          "torch.storage _load_from_bytes",
          "torch.serialization load",
          "numpy load",
          "numpy.testing._private.utils runstring",
          "numpy.testing runstring",
          "numpy.f2py.crackfortran myeval",
          "joblib load",
          "dill loads",
          "cloudpickle loads",
          "tensorflow load_op_library",
          "tempfile mktemp",
          "zipimport zipimporter",
          "distutils.file_util write_file",
          "logging.config listen");

  /** Ways in which a pickle calls a function. */
  enum Way {
    REDUCE {
      @Override
      PickleWriter of(String module, String name, String argument) {
        return global(module, name).op('(').value(argument).op('t', 'R');
      }
    },
    INST {
      @Override
      PickleWriter of(String module, String name, String argument) {
        PickleWriter pickle = new PickleWriter().op('(').value(argument).op('i');
        return lines(pickle, module, name);
      }
    },
    OBJ {
      @Override
      PickleWriter of(String module, String name, String argument) {
        return lines(new PickleWriter().op('(', 'c'), module, name).value(argument).op('o');
      }
    },
    NEWOBJ {
      @Override
      PickleWriter of(String module, String name, String argument) {
        return global(module, name).value(argument).op(0x85, 0x81);
      }
    },
    NEWOBJ_EX {
      @Override
      PickleWriter of(String module, String name, String argument) {
        return global(module, name).value(argument).op(0x85, '}', 0x92);
      }
    },
    STACK_GLOBAL {
      @Override
      PickleWriter of(String module, String name, String argument) {
        return new PickleWriter().value(module).value(name).op(0x93).value(argument).op(0x85, 'R');
      }
    },
    BUILD {
      @Override
      PickleWriter of(String module, String name, String argument) {
        // An object whose __setstate__ was to be that function.
        PickleWriter pickle = new PickleWriter();
        lines(pickle.op('c'), module, name).op(')', 'R', '}').value("__setstate__");
        return lines(pickle.op('c'), module, name).op('s', 'b').value(argument).op('b');
      }
    },
    REDUCE_OF_REDUCE {
      @Override
      PickleWriter of(String module, String name, String argument) {
        // getattr(__import__(module), name)(argument)
        PickleWriter pickle = global("builtins", "getattr").op('(');
        lines(pickle.op('c'), "builtins", "__import__").op('(').value(module).op('t', 'R');
        return pickle.value(name).op('t', 'R').op('(').value(argument).op('t', 'R');
      }
    };

    abstract PickleWriter of(String module, String name, String argument);

    static PickleWriter global(String module, String name) {
      return lines(new PickleWriter().op('c'), module, name);
    }

    static PickleWriter lines(PickleWriter pickle, String first, String second) {
      (first + "\n" + second + "\n").chars().forEach(pickle::op);
      return pickle;
    }
  }

  static Stream<Arguments> calls() {
    List<Arguments> calls = new ArrayList<>();
    for (Way way : Way.values()) {
      NAMES.forEach(name -> calls.add(Arguments.of(way, name)));
    }
    return calls.stream();
  }

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @MethodSource("calls")
  void aCallStaysAName(Way way, String name) throws IOException {
    String module = name.substring(0, name.indexOf(" "));
    String function = name.substring(name.indexOf(" ") + 1);
    Path proof = folder.resolve("proof");
    Path file = folder.resolve("a.pth");
    byte[] bytes = AttackFiles.beside(way.of(module, function, "touch " + proof));
    Files.write(file, bytes);

    Data found = Checkpoints.read(file).extras().at("x").orElseThrow();

    assertInstanceOf(Data.Opaque.class, found);
    assertTrue(found.toString().contains("touch"), found::toString);
    assertFalse(Files.exists(proof));
  }
}
