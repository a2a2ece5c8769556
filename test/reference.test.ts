// Keeps the language reference true: every snippet in grammar/README.md is compiled, those marked to be run are run, and its list of diagnostics is the catalogue.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ELEMENTARY_FUNCTIONS, stimuli } from "../src/2-resolve/builtins.ts";
import { DISTRIBUTIONS } from "../src/runtime/distributions.ts";
import type { Distribution } from "../src/runtime/distributions/distribution.ts";
import type { Method } from "../src/methods/method.ts";
import { METHODS } from "../src/methods/methods.ts";
import { RULES } from "../src/runtime/rules.ts";
import type { Shape } from "../src/stimuli/shape.ts";
import { SHAPES } from "../src/stimuli/shapes.ts";
import type { RuleDeclaration } from "../src/runtime/rules/rule.ts";
import { reservedWords } from "../grammar/tokens.ts";
import { parseUnit } from "../src/quantities/unit.ts";
import { UNITS } from "../src/runtime/unitTable.ts";
import { catalogue } from "../src/diagnostics/catalogue.ts";
import { argument, blocksOf, checkSnippet, hostOf, ROOT, snippetsOf, titleOf } from "./snippets.ts";

const REFERENCE = readFileSync(join(ROOT, "grammar", "README.md"), "utf8");

const blocks = blocksOf(REFERENCE, "grammar/README.md");
const host = hostOf(blocks);
const snippets = snippetsOf(blocks);

test("the page has snippets of every kind", () => {
  expect(snippets.length).toBeGreaterThan(30);
  expect(snippets.filter(({ block }) => argument(block, "run") !== null).length).toBeGreaterThan(5);
  expect(snippets.filter(({ block }) => argument(block, "error") !== null).length).toBeGreaterThan(5);
});

for (const snippet of snippets)
  test(`${snippet.block.place}: ${titleOf(snippet.block)}`, () => checkSnippet(snippet, host));

test("every results and message block belongs to a snippet", () => {
  const stray = blocks.filter(
    (b, k) => (b.language === "results" || b.language === "message") && blocks[k - 1]?.language !== "glif",
  );
  expect(stray.map((b) => b.place)).toEqual([]);
});

test("the list of diagnostics is the catalogue", () => {
  const listed = [...REFERENCE.matchAll(/^\| `([a-z]+\/[a-z-]+)` \| (error|warning) \| \S.*\|$/gm)].map(
    ([, code, severity]) => `${code ?? ""} ${severity ?? ""}`,
  );
  const codes = catalogue.map((kind) => `${kind.code} ${kind.severity}`);
  expect(
    codes.filter((c) => !listed.includes(c)),
    "missing in grammar/README.md",
  ).toEqual([]);
  expect(
    listed.filter((c) => !codes.includes(c)),
    "no longer in the catalogue",
  ).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test("the words of the language are all on the page", () => {
  const named = new Set(
    [...REFERENCE.replace(/```[^`]*```/g, "").matchAll(/`([^`\n]*)`/g)].flatMap(
      ([, code = ""]) => code.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [],
    ),
  );
  expect(
    [...ELEMENTARY_FUNCTIONS, ...stimuli(), ...Object.keys(DISTRIBUTIONS)].filter((name) => !named.has(name)),
  ).toEqual([]);
  const never = /Never names:\s*`([^`]*)`/.exec(REFERENCE)?.[1] ?? "";
  expect(never.split(/\s+/).sort()).toEqual([...reservedWords].sort());
});

test("each rule has its row", () => {
  const rows = Object.entries<RuleDeclaration>(RULES).map(([name, { means, arguments: taken }]) => {
    const given = taken.map((a) => (a.is === "path" ? '"[^"]*"' : `${a.name}: [^,)]*`)).join(", ");
    return new RegExp(`^\\| \`${name}${given === "" ? "" : `\\(${given}\\)`}\` \\| ${escaped(means)} \\|$`, "m");
  });
  expect(rows.filter((row) => !row.test(REFERENCE)).map(String)).toEqual([]);
});

test("each method has its row, with its order and what it does not take", () => {
  const refused = ({ noise, step }: Method): string =>
    step.kind === "exact"
      ? "anything not linear with constant coefficients"
      : step.kind === "exponential"
        ? "an equation not linear in its own state; noise multiplied by what moves"
        : noise === null
          ? "noise"
          : `multiplicative noise meant as ${noise.sense === "Itô" ? "Stratonovich" : "Itô"}`;
  const rows = Object.entries<Method>(METHODS).map(([name, method]) => {
    const options = method.step.kind === "adaptive" ? `, \`${name}(tolerance: 1e-9)\`` : "";
    return `| \`${name}\`${options} | ${method.order} | ${refused(method)} |`;
  });
  expect(rows.filter((row) => !REFERENCE.includes(row))).toEqual([]);
});

test("each shape of a stimulus has its row, with its parts", () => {
  const rows = [...REFERENCE.matchAll(/^\| `([a-z]+)\(([^`]*)\)` \|/gm)];
  for (const [name, { parts }] of Object.entries<Shape>(SHAPES)) {
    const row = rows.find(([, called]) => called === name)?.[2] ?? "";
    const given = row.split(", ").map((part) => part.split(":")[0]);
    // What may be left unnamed stands by what it means.
    expect(given.length, name).toBe(parts.length);
    expect(
      given.filter((part, k) => row.split(", ")[k]?.includes(":") && part !== parts[k]?.name),
      name,
    ).toEqual([]);
  }
});

test("each distribution has its row, with its arguments", () => {
  const rows = [...REFERENCE.matchAll(/^\| ((?:`[a-z]+`(?:, )?)+) \| ((?:`[a-z]+`(?:, )?)+)/gm)].map(
    ([, names = "", taken = ""]) => ({ names: names.split(", "), taken }),
  );
  for (const [name, { arguments: taken }] of Object.entries<Distribution>(DISTRIBUTIONS))
    expect(rows.find((row) => row.names.includes(`\`${name}\``))?.taken, name).toBe(
      taken.map((a) => `\`${a.name}\``).join(", "),
    );
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("the table of units holds units", () => {
  const table = /\| for \| units.*?\n\n/su.exec(REFERENCE)?.[0] ?? "";
  const symbols = [
    ...table
      .split("\n")
      .slice(2)
      .join("\n")
      .matchAll(/`([^`]*)`/g),
  ].flatMap(([, symbols = ""]) => symbols.split(" "));
  expect(symbols.length).toBeGreaterThan(30);
  expect(symbols.filter((symbol) => "problem" in parseUnit(symbol))).toEqual([]);
  expect(UNITS.filter(({ names }) => !names.split(" ").some((name) => symbols.includes(name)))).toEqual([]);
  const alone = /((?:`[^`]+`, )+`[^`]+`) take no prefix/u.exec(REFERENCE)?.[1]?.replaceAll("`", "").split(", ") ?? [];
  expect(alone.sort()).toEqual(
    UNITS.flatMap(({ names, alone }) => (alone === true ? [names.split(" ")[0] ?? ""] : [])).sort(),
  );
});

test("the shipped models are all named on the page", () => {
  const shipped = readdirSync(join(ROOT, "models")).flatMap((file) =>
    file.endsWith(".glif") ? [`glif/${file.slice(0, -".glif".length)}`] : [],
  );
  expect(shipped.filter((name) => !REFERENCE.includes(`\`${name}\``))).toEqual([]);
});

test("links inside the page lead somewhere", () => {
  const headings = [...REFERENCE.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replace(/ /g, "-"),
  );
  const links = [...REFERENCE.matchAll(/\]\(#([^)]*)\)/g)].map(([, target = ""]) => target);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((l) => !headings.includes(l))).toEqual([]);
});
