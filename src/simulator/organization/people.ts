/** Invented people of the simulated organization: given name, family name. */
export const people: readonly (readonly [given: string, family: string])[] = [
  ['Amara', 'Okafor'],
  ['Anneliese', 'Brandt'],
  ['Arjun', 'Menon'],
  ['Beatriz', 'Carvalho'],
  ['Caoimhe', 'Byrne'],
  ['Carlos', 'Santana'],
  ['Chen', 'Wei'],
  ['Dagny', 'Lindqvist'],
  ['Diego', 'Ramirez'],
  ['Efua', 'Mensah'],
  ['Elif', 'Yıldız'],
  ['Fatima', 'Zahra'],
  ['Giulia', 'Conti'],
  ['Hana', 'Nováková'],
  ['Hiroshi', 'Tanaka'],
  ['Ingrid', 'Sørensen'],
  ['Ishaan', 'Gupta'],
  ['Jane', 'Doe'],
  ['Jorge', 'Souza'],
  ['José', 'Álvarez'],
  ['Kwaku', 'Mensah'],
  ['Laila', 'Haddad'],
  ['Li', 'Juan'],
  ['Mary', 'Major'],
  ['Mateo', 'Jackson'],
  ['Maximilian', 'von Hohenberg-Rautenfeld'],
  ['Nikhil', 'Jayashankar'],
  ['Nikki', 'Wolf'],
  ['Pat', 'Candella'],
  ['Paulo', 'Santos'],
  ['Richard', 'Roe'],
  ['Saanvi', 'Sarkar'],
  ['Shirley', 'Rodriguez'],
  ['Sofía', 'Martínez'],
  ['Terry', 'Whitlock'],
  ['Siobhán', "O'Connor"],
  ['Zhang', 'Wei'],
  ['Zoë', 'van der Berg'],
];

/**
 * jane.doe: what a user name and an e-mail address are made of. Letters that ASCII has not are written without their
 * marks, or left out.
 */
export const plain = (given: string, family: string): string =>
  `${given}.${family}`
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/ø/g, 'o')
    .replace(/[^A-Za-z.-]/g, '')
    .toLowerCase();

/** Who logs in to the access portal. The operator has this set in every account, though the organization lists none. */
export const operator = { name: 'runbook-operator', set: 'AWSAdministratorAccess' } as const;
