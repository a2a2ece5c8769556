// Names of models as identifiers: near to what was written, never reserved, never twice. (N02, J03)
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bindingProblem, GLOBAL_NAMES, identifierProblem, names, RESERVED_WORDS } from "../../src/5-emit/names.ts";

test.each([
  ["V", "V"],
  ["Θ_s", "Θ_s"],
  ["Na.m", "Na_m"],
  ["I[1]", "I_1"],
  ["V'", "V_prime"],
  ["ξ#1", "ξ_1"],
  ["τ₁₂", "τ12"],
  ["x²", "x2"],
  ["g_Na max", "g_Na_max"],
  ["1st", "_1st"],
  ["", "_"],
  ["../../x", "x"],
  ["CON", "CON"],
  ["a-b", "a_b"],
  ["Ca²⁺", "Ca2"],
  ["V_", "V_"],
  ["_x", "_x"],
  ["P.E.V", "P_E_V"],
  ["I_[1]", "I_1"],
  ["__proto__", "__proto___"],
  ["\u0041\u030a", "\u00c5"],
  ["a\u202eb", "a_b"],
  ["🧠", "_"],
  ["$x", "$x"],
  ["class", "class_"],
  ["Math", "Math_"],
  ["process", "process_"],
  ["constructor", "constructor_"],
])("%j becomes %s", (wanted, expected) => {
  expect(names([]).fresh(wanted)).toBe(expected);
});

test("every reserved word and every global gets an underscore, and both checks know them", () => {
  for (const word of RESERVED_WORDS) {
    expect(names([]).fresh(word)).toBe(`${word}_`);
    expect(identifierProblem(word)).toMatch(/reserved/);
    expect(() => new Function(`"use strict"; const ${word}_ = 1; return ${word}_;`)).not.toThrow();
  }
  for (const word of GLOBAL_NAMES) {
    expect(names([]).fresh(word)).toBe(`${word}_`);
    expect(identifierProblem(word)).toBeNull();
    expect(bindingProblem(word)).toMatch(/global/);
  }
  for (const word of [
    "enum",
    "await",
    "yield",
    "let",
    "static",
    "implements",
    "eval",
    "arguments",
    "null",
    "this",
    "super",
  ])
    expect(RESERVED_WORDS.has(word)).toBe(true);
  for (const word of ["undefined", "NaN", "Infinity", "Math", "Float64Array", "globalThis", "process", "require"])
    expect(GLOBAL_NAMES.has(word)).toBe(true);
});

test("equal wishes get numbers, past those that are taken", () => {
  const some = names(["V_3", "exp"]);
  expect(["V", "V", "V", "V_2", "exp", "class", "class", "I[1]", "I.1"].map((wanted) => some.fresh(wanted))).toEqual([
    "V",
    "V_2",
    "V_4",
    "V_2_2",
    "exp_2",
    "class_",
    "class_2",
    "I_1",
    "I_1_2",
  ]);
});

test("any text at all becomes an identifier that can be declared, and no two are the same", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.constantFrom("V", "V_2", "class", "hasOwnProperty")),
      ),
      (wishes) => {
        const some = names(["taken"]);
        const given = wishes.map((wanted) => some.fresh(wanted));
        for (const name of given) {
          expect(bindingProblem(name)).toBeNull();
          expect(() => new Function(`"use strict"; let ${name} = 1; return ${name};`)).not.toThrow();
        }
        expect(new Set([...given, "taken"]).size).toBe(given.length + 1);
      },
    ),
    { seed: 3 },
  );
});

test.each(["a=1;evil()", "a b", "", "1a", "a.b", "a\n", "a\u2028", "a-b", "#a", "\\u0061", "a/**/"])(
  "%j is no identifier",
  (name) => {
    expect(identifierProblem(name)).toMatch(/not an ECMAScript identifier/);
  },
);
