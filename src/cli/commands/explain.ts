// glif explain: how a model is integrated and why; which way a fit takes; or what a diagnostic means.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearNames } from "../../base/nearNames.ts";
import { shortWords } from "../../base/shortWords.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { distinct, openModel } from "../model.ts";
import { complain, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

export async function explain(subject: string, name: string | null, terminal: Terminal): Promise<number> {
  const isFile = existsSync(resolve(terminal.cwd, subject));
  const isCode = /^[a-z]+\/[a-z0-9-]+$/.test(subject) && !isFile;
  if (/^[a-z]+$/.test(subject) && name === null && !isFile && (await explainFamily(subject, terminal))) return 0;
  return isCode && name === null ? explainCode(subject, terminal) : explainModel(subject, name, terminal);
}

/** `glif explain units`: the diagnostics of a family; false where there is none of that name. */
async function explainFamily(family: string, terminal: Terminal): Promise<boolean> {
  const { catalogue } = await import("../../diagnostics/catalogue.ts");
  const codes = catalogue.map((kind) => kind.code).filter((code) => code.startsWith(`${family}/`));
  if (codes.length === 0) return false;
  terminal.out(`${codes.join("\n")}\n\nglif explain ${codes[0] ?? ""} tells what that is.\n`);
  return true;
}

async function explainCode(code: string, terminal: Terminal): Promise<number> {
  const { catalogue, kindOfCode } = await import("../../diagnostics/catalogue.ts");
  const kind = kindOfCode(code);
  if (kind === null) {
    const near = nearNames(
      code,
      catalogue.map((k) => k.code),
    );
    complain(
      terminal,
      `there is no diagnostic ${code}, and no file of that name`,
      near.length > 0 ? [`did you mean ${near.join(" or ")}?`] : [],
    );
    return 2;
  }
  terminal.out(`${kind.severity}[${kind.code}]\n\n${filled(kind.explanation, 88)}\n`);
  return 0;
}

async function explainModel(file: string, name: string | null, terminal: Terminal): Promise<number> {
  const { chooseName, otherKinds, planOf, targetsOf } = await import("../../compile.ts");
  const { project, program, diagnostics } = await openModel(file, terminal);
  if (project === null || program === null) {
    showDiagnostics(terminal, diagnostics);
    return 1;
  }
  const { experiments, neurons, fits } = targetsOf(program);
  const fit = name !== null && fits.includes(name) ? program.fits.find((f) => f.comparison.name === name) : undefined;
  if (fit !== undefined) {
    const { fitText } = await import("../fitText.ts");
    const { text, diagnostics: planned } = fitText(fit);
    const all = distinct([...diagnostics, ...planned]);
    showDiagnostics(terminal, all);
    terminal.out(shortWords(text));
    return hasErrors(all) ? 1 : 0;
  }
  const preferred = experiments.length > 0 ? experiments : neurons;
  const names = name === null ? preferred : [name];
  const chosen = chooseName(
    names.length === 1 ? (names[0] ?? null) : null,
    [...experiments, ...neurons],
    fits.length > 0 ? "experiment, neuron or fit" : "experiment or neuron",
    file,
    otherKinds(program),
  );
  if ("problem" in chosen && names.length < 2) {
    complain(terminal, chosen.problem);
    return 2;
  }
  const { planText } = await import("../planText.ts");
  const planned = names.map((n) => planOf(program, n));
  const all = distinct([...diagnostics, ...planned.flatMap((p) => p.diagnostics)]);
  showDiagnostics(terminal, all);
  terminal.out(shortWords(planned.flatMap(({ plan }) => (plan === null ? [] : [planText(plan)])).join("\n")));
  return hasErrors(all) ? 1 : 0;
}

/** Paragraphs stay, lines inside them are broken anew. */
function filled(text: string, width: number): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const lines = [""];
      for (const word of paragraph.split(/\s+/).filter((w) => w !== "")) {
        const last = lines.at(-1) ?? "";
        if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
        else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
      }
      return lines.join("\n");
    })
    .join("\n\n");
}
