/** The answers for a user who is made in the directory. */
export const newPerson = {
  'administrator-user.user': 'new:',
  'administrator-user.directory': 'here',
  'administrator-user.userName': 'new.person',
  'administrator-user.givenName': 'New',
  'administrator-user.familyName': 'Person',
  'administrator-user.email': 'new.person@example.com',
};
