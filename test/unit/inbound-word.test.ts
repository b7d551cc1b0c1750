import { inboundWord } from '../../domain/inbound-word';

test.each(['STOP', ' stop. ', 'ＴＤ', 'td', '退订', '退订。', 'Unsubscribe', 'stop all', 'T'])(
  '%s asks for no more texts',
  (text) => expect(inboundWord(text)).toBe('stop'),
);

test.each(['START', 'start!', '恢复'])('%s asks for texts again', (text) =>
  expect(inboundWord(text)).toBe('start'),
);

test.each(['', 'stop calling, I have paid', '我不退订', '已缴费', 'HELP', '不要停电'])(
  '%p is for a person to read',
  (text) => expect(inboundWord(text)).toBe('other'),
);
