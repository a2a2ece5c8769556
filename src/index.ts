// The public interface of the package: compile a model, look at its plan, run it. `glif/runtime` is what emitted modules import.
export { sourceText, positionAt, type SourceText, type Span } from "./base/source.ts";
export {
  inReadingOrder,
  hasErrors,
  type Diagnostic,
  type Fix,
  type Label,
  type TextEdit,
} from "./diagnostics/diagnostic.ts";
export type { SourceHost } from "./2-resolve/load.ts";
export type { CheckedProgram } from "./3-check/checked.ts";
export type { SimulationPlan, PopulationPlan, UpdateGroup } from "./4-plan/plan.ts";
export {
  check,
  compile,
  javascriptOf,
  planOf,
  standaloneOf,
  targetsOf,
  typescriptOf,
  type Compilation,
} from "./compile.ts";
export { renderDiagnostic, renderDiagnostics } from "./render/terminal.ts";
export { diagnosticsToJson } from "./render/json.ts";
export { instantiate, loadModule, type Backend, type CreateOptions, type InstantiateOptions } from "./simulate/load.ts";
export { takePart, type StartedThread, type Threads, type ThreadTask } from "./simulate/team.ts";
export { renderSvg } from "./figure/renderSvg.ts";
export { renderBraille } from "./figure/braille.ts";
export { importAllen, type AllenImport } from "./exchange/allen.ts";
export type { AllenNeuron } from "./exchange/allenNeuron.ts";
export { UsageError, type Simulation } from "./runtime/index.ts";
export { catalogue as measureCatalogue, type MeasureEntry, type MeasureName } from "./measures/catalogue.ts";
export { compute as measures, overNeurons, type MeasureValue } from "./measures/compute.ts";
export {
  populationSpikes,
  spikeTrain,
  type PopulationSpikes,
  type SpikeTrain,
  type SweepPoints,
  type TraceSamples,
} from "./measures/train.ts";
export { readRecording, type ReadRecording } from "./recording/parse.ts";
export type { RecordedSpikes, RecordedTrace, Recording } from "./recording/recording.ts";
