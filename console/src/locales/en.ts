import antd from 'antd/es/locale/en_US';
import 'dayjs/locale/en';

const files = import.meta.glob<Record<string, unknown>>('./en/*.json', {
  eager: true,
  import: 'default',
});

/** By page: the file's name is the namespace. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.replace(/^.*\/|\.json$/g, ''), words]),
);
export { antd };
