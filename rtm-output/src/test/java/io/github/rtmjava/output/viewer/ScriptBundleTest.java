package io.github.rtmjava.output.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScriptBundleTest {
  @Test
  void importsBecomeNamesOfTheModuleBefore() {
    ScriptBundle bundle = new ScriptBundle();
    bundle.add("./a.js", "const one = 1;\nexport { one as uno };");
    bundle.add("./b.js", "import{uno as x}from\"./a.js\";export{uno}from\"./a.js\";\nuse(x);");
    String expected =
        """
        'use strict';
        const module0 = (() => {
        const one = 1;

        return {uno: one};
        })();
        const module1 = (() => {
        const {uno: x} = module0;
        use(x);
        return {uno: module0.uno};
        })();
        """;
    assertEquals(expected, bundle.script());
  }

  @Test
  void commentsAreLeftAlone() {
    ScriptBundle bundle = new ScriptBundle();
    bundle.add("a", "/**\n * import { X } from 'nowhere';\n */\nconst a = 1;");
    assertTrue(bundle.script().contains("nowhere"));
  }

  @Test
  void aModuleThatComesTooLateIsNamed() {
    ScriptBundle bundle = new ScriptBundle();
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> bundle.add("b", "import { a } from './a.js';"));
    assertTrue(refused.getMessage().contains("./a.js"));
  }

  @Test
  void aScriptThatWouldEndItsElementIsRefused() {
    ScriptBundle bundle = new ScriptBundle();
    bundle.add("a", "const a = '</script>';");
    assertThrows(IllegalStateException.class, bundle::script);
  }
}
