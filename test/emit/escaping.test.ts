// The quick way for plain comment lines must agree with the slow one: a line that it lets through holds nothing that has to be replaced.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commentLine } from "../../src/5-emit/escaping.ts";

const pieces = fc.constantFrom(
  "*",
  "/",
  "<",
  "script",
  "!--",
  "@",
  "ts-ignore",
  "sourceMappingURL",
  "sourceURL",
  "=",
  " ",
  "  ",
  "\n",
  "\u2028",
  "\u0000",
  "\u202e",
  "V'",
  "τ",
  "(",
  ")",
  "L",
  "#",
  "₁",
);

test("whatever pieces come together, a comment line stays harmless and comes out of a second pass unchanged", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const line = commentLine(parts.join(""));
      expect(line).not.toMatch(/\*\/|<\/|<script|<!--|@ts-|@jsx|source(Mapping)?URL\s*=|[\p{Cc}\u2028\u202e]/iu);
      expect(commentLine(line)).toBe(line);
    }),
    { numRuns: 5000, seed: 4 },
  );
});

test.each(["V' = (E_L - V + R*I)/τ", "P11*V + x₁ [exact propagator]", "lif.glif:9  a -> b", "if a < b and c >= d"])(
  "a formula is left as it is: %s",
  (text) => {
    expect(commentLine(text)).toBe(text);
  },
);
