// The text of a compiled module as people get it: TypeScript or JavaScript, formatted. Loads typescript and prettier, which takes a second.
import { javascriptOf, standaloneOf, typescriptOf } from "../compile.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import { runtimeFiles } from "./package.ts";

export interface CompiledForm {
  /** Carries the runtime along and imports nothing. */
  readonly standalone: boolean;
  readonly js: boolean;
}

export async function compiledText(plan: SimulationPlan, form: CompiledForm): Promise<string> {
  const { format } = await import("prettier");
  const text = await unformatted(plan, form);
  return format(text, { parser: form.js ? "babel" : "typescript", printWidth: 120, endOfLine: "lf" });
}

async function unformatted(plan: SimulationPlan, { standalone, js }: CompiledForm): Promise<string> {
  if (js && !standalone) return javascriptOf(plan);
  const { default: ts } = await import("typescript");
  if (!standalone) return typescriptOf(ts, plan);
  const text = standaloneOf(ts, plan, runtimeFiles());
  if (!js) return text;
  return ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText;
}
