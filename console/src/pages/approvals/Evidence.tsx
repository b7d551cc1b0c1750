import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Approval } from '../../../generated/api';
import { count, day, money } from '../../lib/format';
import { Facts } from '../../ui/Facts';
import { textIn } from './wanted';

/** The figures of a report as the API keeps them with an approval. */
type Report = Readonly<{
  simulationId: string;
  sha256: string;
  againstId: string;
  from: string;
  to: string;
  customers: number;
  messages: number;
  moreMessages: number;
  tasks: number;
  moreTasks: number;
  costFen: number;
  moreCostFen: number;
  differing: number;
  /** Absent in a report of before there were any. */
  model?: string | null;
  tooMuch?: number | null;
}>;

/** What an activation stands on: the report of a simulation in short, or why there is none. */
export function Evidence({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const report = approval.body['report'] as Report | undefined;
  const policyId = textIn(approval, 'policyId') || textIn(approval, 'challengerId');
  return (
    <section className="card" aria-labelledby="evidence">
      <h2 id="evidence">{t('evidence.title')}</h2>
      {report === undefined ? (
        <p>{t('evidence.none', { why: textIn(approval, 'withoutReport') })}</p>
      ) : (
        <>
          <Figures report={report} />
          <p>
            <Link
              to={`/policies/${encodeURIComponent(policyId)}/trial?simulation=${encodeURIComponent(report.simulationId)}`}
            >
              {t('evidence.see')}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}

function Figures({ report }: { report: Report }) {
  const { t, i18n } = useTranslation('approvals');
  const { againstId, from, to, customers, differing, sha256 } = report;
  const n = (value: number) => count(value, i18n.language);
  const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text);
  const both = (all: number, more: number) => `${n(all)} (${signed(more, n(more))})`;
  const cost = signed(report.moreCostFen, money(report.moreCostFen));
  return (
    <Facts
      facts={[
        [t('evidence.against'), againstId],
        [t('evidence.span'), `${day(from, i18n.language)} – ${day(to, i18n.language)}`],
        [t('evidence.differing'), `${n(differing)} / ${n(customers)}`],
        [t('evidence.messages'), both(report.messages, report.moreMessages)],
        [t('evidence.tasks'), both(report.tasks, report.moreTasks)],
        [t('evidence.cost'), `${money(report.costFen)} (${cost})`],
        [t('evidence.payments'), report.model ?? t('evidence.recorded')],
        ...(typeof report.tooMuch === 'number'
          ? ([[t('evidence.tooMuch'), n(report.tooMuch)]] as const)
          : []),
        [t('evidence.sha256'), <code className="digest">{sha256}</code>],
      ]}
    />
  );
}
