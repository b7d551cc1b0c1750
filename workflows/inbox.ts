import { condition, setHandler, workflowInfo } from '@temporalio/workflow';
import { changed, escalate, pause, resume, type Command, type NamedCommand } from './contract';

/** What came by signal since the last look: orders to apply, and that something came at all. */
export type Inbox = Readonly<{
  /** Sleeps until `untilMs` (epoch; null: until something comes). True when it was woken. */
  wokenBefore: (untilMs: number | null) => Promise<boolean>;
  /** The orders so far; they are gone from the inbox then. */
  take: () => NamedCommand[];
}>;

/** Must be called before the first await, so that a signal delivered with the start is not missed. */
export function openInbox(): Inbox {
  const commands: NamedCommand[] = [];
  let woken = false;
  let received = 0;
  const order = (signal: NamedCommand['signal'], command: Command | undefined): void => {
    received += 1;
    commands.push({
      signal,
      command: command ?? {},
      fallbackId: `${workflowInfo().runId}/${received}`,
    });
    woken = true;
  };
  setHandler(pause, (command) => order('pause', command));
  setHandler(resume, (command) => order('resume', command));
  setHandler(escalate, (command) => order('escalate', command));
  setHandler(changed, (command) => {
    if (command?.kind === undefined) woken = true;
    else order('changed', command);
  });

  return {
    async wokenBefore(untilMs) {
      if (untilMs === null) await condition(() => woken);
      else if (!woken && untilMs > Date.now()) await condition(() => woken, untilMs - Date.now());
      return woken;
    },
    take() {
      woken = false;
      return commands.splice(0);
    },
  };
}
