// Names of models in the alphabet and among the words of a target.
import { expect, test } from "vitest";
import { inAscii, namesUnder } from "../../src/exchange/names.ts";
import { RULES } from "../../src/exchange/brian2/words.ts";

test("letters of other alphabets, indices and mechanisms have plain names", () => {
  expect(["τ_m", "δΘ_s", "I[1]", "w[1,2]", "Na.m", "k₁", "Ö", "φ", "膜", "1x"].map(inAscii)).toEqual([
    "tau_m",
    "deltaTheta_s",
    "I_1",
    "w_1_2",
    "Na_m",
    "k1",
    "O",
    "phi",
    "u819c",
    "x1x",
  ]);
});

test("no two are called the same, and each keeps its name", () => {
  const names = namesUnder(RULES);
  expect([names.of("τ"), names.of("tau"), names.of("τ"), names.of("I[1]"), names.of("I_1")]).toEqual([
    "tau",
    "tau_",
    "tau",
    "I_1",
    "I_1_",
  ]);
});

test("words, units and suffixes of Brian2 are no names", () => {
  const names = namesUnder(RULES);
  const asked = ["lambda", "i", "mV", "volt", "xi_1", "rest_pre", "start", "int", "exp", "V"];
  expect(asked.map((name) => names.of(name))).toEqual([
    "lambda_",
    "i_",
    "mV_",
    "volt_",
    "x_xi_1",
    "rest_pre_",
    "start_",
    "int_",
    "exp_",
    "V",
  ]);
});
