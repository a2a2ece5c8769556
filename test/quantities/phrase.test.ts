// The words that messages use.
import { expect, test } from "vitest";
import { DIMENSIONLESS } from "../../src/quantities/dimension.ts";
import type { Dimension } from "../../src/quantities/dimension.ts";
import { exampleLiteral, kindOf, phrase, short } from "../../src/quantities/phrase.ts";
import { canonicalUnit, canonicalValue, parseUnit } from "../../src/quantities/unit.ts";
import type { Unit } from "../../src/quantities/unit.ts";

function unit(text: string): Unit {
  const result = parseUnit(text);
  if ("problem" in result) throw new Error(text);
  return result.unit;
}
const of = (text: string): Dimension => unit(text).dimension;

test.each([
  ["mV", "a voltage (mV)"],
  ["A", "a current (pA)"],
  ["S", "a conductance (nS)"],
  ["F", "a capacitance (pF)"],
  ["MΩ", "a resistance (GΩ)"],
  ["s", "a time (ms)"],
  ["Hz", "a rate (/ms)"],
  ["mV/ms", "a voltage per time (mV/ms)"],
  ["mS/cm^2", "a conductance density (nS/µm^2)"],
  ["cm^2", "an area (µm^2)"],
  ["/V", "an inverse voltage (/mV)"],
  ["/sqrt(s)", "a white noise (/sqrt(ms))"],
  ["pA*sqrt(ms)", "a quantity in pA*sqrt(ms)"],
  ["mM", "a concentration (mM)"],
  ["1", "a pure number"],
])("%s is %s", (text, words) => {
  expect(phrase(of(text))).toBe(words);
  expect(`a ${short(of(text))}`.replace("a a", "an a").replace("a i", "an i")).toBe(words);
});

test("a unit given is the unit shown", () => {
  expect(phrase(of("A"), unit("nA"))).toBe("a current (nA)");
  expect(short(of("pA*sqrt(ms)"), unit("nA*sqrt(s)"))).toBe("quantity in nA*sqrt(s)");
  expect(phrase(DIMENSIONLESS, unit("%"))).toBe("a pure number (%)");
  expect(phrase(DIMENSIONLESS, unit("1"))).toBe("a pure number");
});

test("an example literal has the dimension it is an example of", () => {
  expect(exampleLiteral(of("V"))).toBe("-70 mV");
  expect(exampleLiteral(of("Hz"))).toBe("0.1 /ms");
  expect(exampleLiteral(of("mV/s"))).toBe("1 mV/ms");
  expect(exampleLiteral(DIMENSIONLESS)).toBe("0.5");
  for (const text of [
    "V",
    "A",
    "S",
    "F",
    "Ω",
    "s",
    "Hz",
    "F/m^2",
    "S/m^2",
    "A/m^2",
    "Ω*m",
    "K",
    "M",
    "V*sqrt(s)",
    "kat^2",
  ]) {
    const [digits = "", symbol = ""] = exampleLiteral(of(text)).split(" ");
    expect(unit(symbol).dimension, text).toEqual(of(text));
    expect(canonicalValue(digits, unit(symbol)).problem).toBeNull();
  }
});

test("no kind is named by two words of one dimension, and all have canonical units", () => {
  for (const text of ["nS/ms", "/ms/mV", "µm/ms", "fC/amol"]) {
    expect(kindOf(of(text))).not.toBe("quantity");
    expect(canonicalUnit(of(text)).text).toBe(text);
  }
});
