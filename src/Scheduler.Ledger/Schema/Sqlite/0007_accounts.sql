-- Rows of which no record, no feed and no answer shows the body: accounts, their e-mail addresses, invitations, and the keys that protect cookies. body is JSON; of a cookie key, XML.
create table private_rows (
    kind text not null,
    id text not null,
    version integer not null,
    body text not null,
    primary key (kind, id)
) without rowid;
