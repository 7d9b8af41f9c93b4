/** What every rule on how a device is advertised has in common. */
export const deviceConduct = {
  id: 'medical-device.conduct',
  productTypes: ['medical_device'],
  law: 'medical_devices_act',
  article: '24(2)',
  item: '1',
  severity: 'block',
  explanation: {
    ko: '의료기기의 성능이나 효능·효과를 거짓으로 또는 과대하게 광고하는 표현입니다.',
    en: 'It advertises a medical device falsely or with exaggeration.',
  },
} as const
