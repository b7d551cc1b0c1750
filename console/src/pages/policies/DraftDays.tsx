import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LadderPolicy } from '../../../generated/api';
import { levelLabel } from '../../lib/format';
import { useReading } from './reading';

const LEVELS = [3, 2, 1] as const;
const LIMITS = ['messagesPerDay', 'messagesPerWeek'] as const;
const GAPS = ['shortestGapDays', 'afterBillNoticeDays'] as const;
type Given = Readonly<{ body: LadderPolicy; change: (to: LadderPolicy) => void }>;

/** What is changed most: on which day a step comes at each level, and the limits. */
export function DraftDays({ body, change }: Given) {
  const { t } = useTranslation('policies');
  const { stepName } = useReading();
  const steps = LEVELS.flatMap((level) => body.ladders[level]);
  const rows = [...new Map(steps.map((step) => [step.key, step])).values()];
  return (
    <section className="card" aria-labelledby="days">
      <h2 id="days">{t('edit.days')}</h2>
      <p className="quiet">{t('edit.daysHint')}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('edit.days')}>
        <table className="grid draft-days" aria-label={t('edit.days')}>
          <thead>
            <tr>
              <th scope="col">{t('step.title')}</th>
              {LEVELS.map((level) => (
                <th scope="col" key={level}>
                  {t('levelOf', { level: levelLabel(level) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{stepName(row)}</th>
                {LEVELS.map((level) => (
                  <td key={level}>
                    <Day body={body} change={change} level={level} stepKey={row.key} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Numbers body={body} change={change} />
    </section>
  );
}

type Place = Readonly<{ level: (typeof LEVELS)[number]; stepKey: string }>;

function Day({ body, change, level, stepKey }: Given & Place) {
  const { t } = useTranslation('policies');
  const { stepName, when } = useReading();
  const step = body.ladders[level].find(({ key }) => key === stepKey);
  if (step === undefined) return <span className="quiet">–</span>;
  const set = (day: number) =>
    change({
      ...body,
      ladders: {
        ...body.ladders,
        [level]: body.ladders[level].map((one) => (one === step ? { ...one, day } : one)),
      },
    });
  return (
    <InputNumber
      aria-label={`${stepName(step)} ${t('levelOf', { level: levelLabel(level) })}`}
      prefix={step.anchor === 'issue' ? when('issue') : 'D'}
      precision={0}
      value={step.day}
      onChange={(day) => day !== null && set(day)}
    />
  );
}

function Numbers({ body, change }: Given) {
  const { label } = useReading();
  const number = (path: string, value: number, set: (to: number) => LadderPolicy) => (
    <label key={path}>
      {label(path)}
      <InputNumber
        precision={0}
        min={0}
        value={value}
        onChange={(to) => to !== null && change(set(to))}
      />
    </label>
  );
  return (
    <div className="filters">
      {LIMITS.map((name) =>
        number(name, body.limits[name], (to) => ({
          ...body,
          limits: { ...body.limits, [name]: to },
        })),
      )}
      {GAPS.map((name) => number(name, body[name], (to) => ({ ...body, [name]: to })))}
    </div>
  );
}
