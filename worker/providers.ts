import type { Config } from '../config';
import { capturingMailer, capturingSms } from '../providers/capture';
import { guarded } from '../providers/limits';
import type { Mailer } from '../providers/mailer';
import type { SmsProvider } from '../providers/sms';
import { smtpMailer } from '../providers/smtp';
import { twilioSms } from '../providers/twilio';

/** Messages under way at one provider at the same time, and how long one waits for a place before it is put off: what is claimed is handed
 * over or put back within that time, so a hold stops running sends within 5 s. Greylisting counts as failing, so the breaker needs many in
 * a row. */
const GUARD = {
  maxInFlight: 20,
  maxWaitMs: 2_000,
  breaker: { failures: 20, openMs: 30_000 },
} as const;

/** The capturing providers unless delivery is live; the live adapters are not even constructed otherwise (law 9). */
export function providersOf(config: Config): { sms: SmsProvider; mailer: Mailer } {
  if (config.DELIVERY === 'capture') return { sms: capturingSms(), mailer: capturingMailer() };
  const timeoutMs = config.PROVIDER_TIMEOUT_MS;
  const sms = twilioSms({
    accountSid: given(config.TWILIO_ACCOUNT_SID),
    authToken: given(config.TWILIO_AUTH_TOKEN),
    from: given(config.TWILIO_FROM),
    timeoutMs,
    ...(config.PUBLIC_BASE_URL === undefined
      ? {}
      : { statusCallback: `${config.PUBLIC_BASE_URL}/api/v1/callbacks/twilio/status` }),
    ...(config.TWILIO_API_BASE_URL === undefined ? {} : { baseUrl: config.TWILIO_API_BASE_URL }),
  });
  const mailer = smtpMailer({
    url: given(config.SMTP_URL),
    from: given(config.MAIL_FROM),
    idDomain: given(config.MAIL_ID_DOMAIN),
    timeoutMs,
  });
  return {
    sms: guarded(sms, { ...GUARD, perSecond: config.SMS_PER_SECOND }),
    mailer: guarded(mailer, { ...GUARD, perSecond: config.MAIL_PER_SECOND }),
  };
}

/** The config refuses live delivery without these. */
function given(value: string | undefined): string {
  if (value === undefined) throw new TypeError('live delivery without its provider settings');
  return value;
}
