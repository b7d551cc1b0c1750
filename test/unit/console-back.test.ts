import { backOf } from '../../console/src/lib/back';

test.each(['/customers', '/customers/C-1?x=1'])('after signing in one comes back to %s', (at) => {
  expect(backOf(at)).toBe(at);
});

test.each([
  null,
  '',
  'https://elsewhere.test',
  '//elsewhere.test',
  '/\\elsewhere.test',
  'javascript:alert(1)',
])('nobody is led away from here by %s', (at) => {
  expect(backOf(at)).toBe('/');
});
