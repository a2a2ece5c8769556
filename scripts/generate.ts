// Writes generated/: what the shipped models compile to, for readers and for the test that keeps them fresh.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sourceText } from "../src/base/source.ts";
import { compiledText } from "../src/cli/compiledText.ts";
import { compile } from "../src/compile.ts";
import type { SourceHost } from "../src/2-resolve/load.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

interface GeneratedModule {
  /** models/<model>.glif */
  readonly model: string;
  /** An experiment, or a neuron by itself. */
  readonly target: string;
  /** Carries the runtime along. */
  readonly standalone: boolean;
}

/** One experiment of every model, a neuron by itself, and one module that stands alone. */
export const MODULES: readonly GeneratedModule[] = [
  { model: "lif", target: "Step", standalone: false },
  { model: "lif", target: "Noise", standalone: false },
  { model: "lif", target: "LIF", standalone: true },
  { model: "lif", target: "Noise", standalone: true },
  { model: "glif", target: "CurrentStep", standalone: false },
  { model: "glif", target: "GLIF", standalone: false },
  { model: "mihalas_niebur", target: "TonicSpiking", standalone: false },
  { model: "teeter", target: "Level5", standalone: false },
  { model: "adex", target: "Tonic", standalone: false },
  { model: "izhikevich", target: "RegularSpiking", standalone: false },
  { model: "hodgkin_huxley", target: "Step", standalone: false },
  { model: "traub_miles", target: "Step", standalone: false },
  { model: "eglif", target: "GolgiEscapeProtocol", standalone: false },
  { model: "aglif", target: "Adapting", standalone: false },
  { model: "synapses", target: "Potentials", standalone: false },
  { model: "short_term_plasticity", target: "Trains", standalone: false },
  { model: "stochastic_release", target: "Depression", standalone: false },
  { model: "plasticity", target: "Pairs", standalone: false },
  { model: "gap_junction", target: "Locking", standalone: false },
  { model: "glif_network", target: "Noisy", standalone: false },
  { model: "coupled", target: "AsProgrammed", standalone: false },
  { model: "brette2007", target: "Conductances", standalone: false },
  { model: "brunel2000", target: "AsynchronousIrregular", standalone: false },
  { model: "microcircuit", target: "Cell", standalone: false },
  { model: "chimera", target: "Chimera", standalone: false },
  { model: "mackey_glass", target: "Chaotic", standalone: false },
  { model: "delayed_ring", target: "Delayed", standalone: false },
];

export function fileOf({ model, target, standalone }: GeneratedModule): string {
  return join(root, "generated", `${model}.${target}${standalone ? ".standalone" : ""}.ts`);
}

export async function textOf({ model, target, standalone }: GeneratedModule): Promise<string> {
  const path = `models/${model}.glif`;
  const { plan, diagnostics } = compile(
    sourceText(path, readFileSync(join(root, path), "utf8")),
    shippedModels,
    target,
  );
  if (plan === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  return compiledText(plan, { standalone, js: false });
}

/** The models import one another only. */
const shippedModels: SourceHost = {
  read: (path) => ({ text: readFileSync(join(root, path), "utf8") }),
  resolve: (from, written) => ({
    path: written.startsWith("glif/") ? `models/${written.slice("glif/".length)}.glif` : join(dirname(from), written),
  }),
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  mkdirSync(join(root, "generated"), { recursive: true });
  for (const module of MODULES) writeFileSync(fileOf(module), await textOf(module));
}
