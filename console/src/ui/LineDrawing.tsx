import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Lines as their option says, as wide as their place; `says` tells them to who cannot see them. To be loaded apart: the library is as large as a page. */
export function LineDrawing({
  option,
  className,
  says,
}: Readonly<{ option: EChartsCoreOption; className: string; says: string }>) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const drawn = init(current, null, { renderer: 'svg' });
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: '#1f2328' },
        ...option,
      },
      { notMerge: true },
    );
  }, [option]);
  return <div ref={place} className={className} role="img" aria-label={says} />;
}
