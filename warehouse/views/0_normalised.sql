-- normalised: a name as names are compared: composed characters, one blank between words, lower case.
create or replace macro normalised(name) as
    lower(trim(regexp_replace(nfc_normalize(name), '[\s\p{Z}]+', ' ', 'g')));

comment on macro normalised is 'A name as names are compared: composed characters, one blank between words, lower case.';
