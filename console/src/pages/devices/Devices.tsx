import { useTranslation } from 'react-i18next';
import { useUrlFilters } from '../../lib/url-filters';
import { ChoiceFilter, TextFilter } from '../../ui/FilterFields';
import { useWhyNot } from '../../ui/OrderButton';
import { PageHead } from '../../ui/PageHead';
import { Settled } from '../../ui/Settled';
import { Lane } from './Lane';
import { ENDS, ROAD } from './stages';
import './devices.css';

/** The device cases as a board: a lane for each stage, and in it whose turn it is. */
export default function Devices() {
  const { t } = useTranslation('devices');
  const [{ state, station, customerNo }, change] = useUrlFilters([
    'state',
    'station',
    'customerNo',
  ] as const);
  const isOver = state === 'closed';
  const whyNot = useWhyNot({ permission: 'proposal.decide' });
  const states = ['open', 'closed'].map((value) => ({ value, label: t(`state.${value}`) }));
  const stages = isOver ? ENDS : ROAD;
  return (
    <>
      <PageHead title={t('title')} />
      <p className="quiet lead">
        {t('lead')} {whyNot}
      </p>
      <div className="filters" role="search">
        <ChoiceFilter
          label={t('stateIs')}
          value={isOver ? 'closed' : 'open'}
          options={states}
          change={(to) => change({ state: to === 'closed' ? to : '' })}
          all={t('state.open')}
        />
        <TextFilter label={t('station')} value={station} change={(to) => change({ station: to })} />
        <TextFilter
          label={t('customerNo')}
          value={customerNo}
          change={(to) => change({ customerNo: to })}
        />
      </div>
      <Settled height={480}>
        <div className="board" role="group" aria-label={t('board')}>
          {stages.map((stage) => (
            <Lane key={stage} stage={stage} filter={{ station, customerNo }} />
          ))}
        </div>
      </Settled>
    </>
  );
}
