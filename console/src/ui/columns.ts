import type { Cells } from './DataTable';
import type { Column } from './VirtualRows';

type Words = (name: string) => string;

/** Makes the columns of a table, each under the word of its own name. */
export const cellsOf =
  <Row>(t: Words) =>
  (name: string, show: Cells<Row>['show']): Cells<Row> => ({ name, title: t(name), show });

/** The same of a long list, which is drawn as it is seen. */
export const columnsOf =
  <Row>(t: Words) =>
  (name: string, width: string, show: Column<Row>['show']): Column<Row> => ({
    ...{ name, width, show },
    title: t(name),
  });
