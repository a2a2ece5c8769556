// The verifier lets through what means the same and finds every change that does not, with its place. (J06)
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import { verifyTypeScript } from "../../src/5-emit/verify.ts";
import { representative } from "./representative.ts";
import { array, binary, moduleOf, name, number, object, resultModule } from "./shorthand.ts";

const text = buildTypeScript(ts, representative);

function withReplaced(from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

test.each([
  ["P * (V[i] - end)", "(P * (((V)[i] - end)))"],
  ['"I[1]": [-0', "'I[1]': [((-(0)))"],
  ["1e+21", "1_000_000_000_000_000_000_000"],
  ['"\\x3C/script>"', "'</script>'"],
  ["readonly number[]", "readonly (number)[] /* fine */"],
  ["// reset", "// anything"],
  ["count += 1;", "(count += 1)"],
])("%s may be written %s", (from, to) => {
  verifyTypeScript(ts, representative, withReplaced(from, to));
});

test.each([
  ["end + P * (V[i] - end)", "(end + P) * (V[i] - end)"],
  ["E_L: -70", "E_L: 70"],
  ["[-0, ", "[0, "],
  ["0.1]", "0.1000000000000001]"],
  ["V[i] >= Θ", "V[i] > Θ"],
  ["V[i] >= Θ", "V[i] >= E_L"],
  ["next < -120 ?", "-120 < next ?"],
  ["V[i] -= 15", "V[i] += 15"],
  ["!(count", "(count"],
  ["return count;", "return;"],
  ["return count;", ""],
  ["let count", "const count"],
  ["const next", "let next"],
  ["i < high", "i <= high"],
  ["i++", "i--"],
  ["i++", "++i"],
  ["export const defaults", "const defaults"],
  ["const V = new", "const V: any = new"],
  ["low: number, high", "low: string, high"],
  ["low: number, high", "low: number[], high"],
  ["low: number, high", "low?: number, high"],
  ["high: number, spikes", "...high: number, spikes"],
  ["n: number, parameters: LifParameters = defaults", "n: number, parameters: LifParameters"],
  ["readonly number[]", "number[]"],
  ['"I[1]"?:', '"I[1]":'],
  ["  τ: number;", "  readonly τ: number;"],
  ["  τ: number;", ""],
  ["exp, normal", "exp as exp, normal"],
  ["exp, normal", "exp, type normal"],
  ["import type", "import"],
  ['"glif/runtime";\n', '"evil";\n'],
  ["{ V, update }", "{ V: V, update, evil }"],
  ["{ V, update }", "{ V, [update]: update }"],
  ["{ V, update }", "{ V, update() {} }"],
  ["normal(i)", "normal?.(i)"],
  ["normal(i)", "normal<number>(i)"],
  ["normal(i)", "normal(i, i)"],
  ["parameters.E_L)", "parameters?.E_L)"],
  ["V[i] = next", "V![i] = next"],
  ["spikes[count] = i;", "spikes[count] = i; evil();"],
  ["spikes[count] = i;", "spikes[count] = i, evil();"],
  ["function update(", "async function update("],
  ["function update(", "function* update("],
  ["function lif(", "function lif<T>("],
  ["interface LifParameters", "interface LifParameters extends Evil"],
  ["interface LifParameters", "interface LifParameters<T>"],
  ["new Float64Array(n)", "new Float64Array<ArrayBuffer>(n)"],
  ["new Float64Array(n)", "Float64Array(n)"],
  ["parameters.τ", "parameters.tau"],
  ["let count: number = 0", "let count: number = 0, evil = 1"],
  ["return { V", "evil: return { V"],
  ["const Θ = E_L + 15;", "const Θ = E_L + 15" + "; debugger;"],
  ["P * (V[i] - end)", "P * (V[i] - end) as number"],
  ["-0.1 / parameters", "- -0.1 / parameters"],
  ["exp(-0.1", "exp`${-0.1}`(-0.1"],
  ["?? 0", "|| 0"],
  ["for (let i", "for (var i"],
])("%s is not %s", (from, to) => {
  expect(() => verifyTypeScript(ts, representative, withReplaced(from, to))).toThrow(
    expect.objectContaining({ name: "InternalError" }) as Error,
  );
});

test("additions at the end and broken text are found", () => {
  for (const addition of ["evil();", "export {};", ";", "@evil class X {}", "}", "declare const x: number;"]) {
    expect(() => verifyTypeScript(ts, representative, `${text}\n${addition}`)).toThrow(/not what was meant/);
  }
});

test("the place of the first difference is told", () => {
  const module = moduleOf(
    { kind: "let", name: "x", value: number(1) },
    { kind: "do", expression: binary(name("a"), "-", binary(name("b"), "-", name("c"))) },
  );
  expect(() => verifyTypeScript(ts, module, "let x = 1;\na - b - c;\n")).toThrow(
    "the emitted text is not what was meant, at 2:1: expected the name a, found BinaryExpression 'a - b'",
  );
});

test("logical chains may be bracketed either way, sums may not; a > b may be b < a", () => {
  const chain = (operator: "&&" | "||" | "??" | "+"): void => {
    verifyTypeScript(
      ts,
      resultModule(binary(name("a"), operator, binary(name("b"), operator, name("c")))),
      `export const result = a ${operator} b ${operator} c;`,
    );
  };
  chain("&&");
  chain("||");
  chain("??");
  expect(() => {
    chain("+");
  }).toThrow(/not what was meant/);
  const greater = resultModule(binary(name("a"), ">", name("b")));
  verifyTypeScript(ts, greater, "export const result = b < a;");
  expect(() => {
    verifyTypeScript(ts, greater, "export const result = a < b;");
  }).toThrow(/not what was meant/);
});

test("a key that sets a prototype is not a property of that name", () => {
  const module = resultModule(array(object([{ name: "__proto__", value: number(1) }])));
  verifyTypeScript(ts, module, 'export const result = [{ ["__proto__"]: 1 }];');
  for (const key of ["__proto__", '"__proto__"'])
    expect(() => {
      verifyTypeScript(ts, module, `export const result = [{ ${key}: 1 }];`);
    }).toThrow(/the key __proto__/);
});
