import { Runtime, type Logger } from '@temporalio/worker';

/**
 * The engine's native part of this process. Its own words go to `logger`, too: left to itself it writes them to standard output, among a command's
 * JSON. `bindAddress`: where its figures are served; absent: nowhere. Once in a process.
 */
export function installRuntime(logger: Logger, bindAddress?: string): void {
  const metrics = bindAddress === undefined ? {} : { metrics: { prometheus: { bindAddress } } };
  Runtime.install({ logger, telemetryOptions: { logging: { forward: {} }, ...metrics } });
}
