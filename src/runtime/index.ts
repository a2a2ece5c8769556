// What emitted modules import, and all they import. Knows nothing of the compiler.
export * from "./clock.ts";
export * from "./math.ts";
export * from "./random.ts";
export * from "./distributions.ts";
export * from "./linear.ts";
export * from "./adaptive.ts";
export * from "./memory.ts";
export * from "./simulation.ts";
export * from "./source.ts";
export * from "./projection.ts";
export * from "./rowDraws.ts";
export * from "./connectivity.ts";
export * from "./kernel.ts";
export * from "./recording.ts";
export * from "./samples.ts";
export * from "./flow.ts";
export * from "./upstroke.ts";
