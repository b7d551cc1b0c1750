import type { Db } from '../db/client';
import type { RuleBook } from '../db/rules';
import type { Mailer } from '../providers/mailer';
import type { SmsProvider } from '../providers/sms';

/** What the worker hands to the activities. */
export type Deps = Readonly<{ db: Db; book: RuleBook; sms: SmsProvider; mailer: Mailer }>;
