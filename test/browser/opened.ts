import type { ConsoleStack } from '../support/console';
import type { Scenario } from '../support/scenario';
import type { Filed } from './filed';
import type { Work } from './worked';

/** The stack, and a customer in the middle of the ladder of July 2026, on whose 22nd it is noon. */
export type Opened = Readonly<{ stack: ConsoleStack; han: Scenario; filed: Filed; work: Work }>;
