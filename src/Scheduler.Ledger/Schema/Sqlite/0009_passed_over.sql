-- The figures of an entry that was passed over for seats: the seats that were free, and those that smaller entries behind it took. Null for entries that were passed over before there were figures.
alter table requests add column passed_free integer;
alter table requests add column passed_taken integer;
