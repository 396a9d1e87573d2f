"""The twelve tables by duckdb: the file loaded once into a table, then twelve queries.

Usage: twelve_duckdb.py FILE FOLDER
"""

import sys

import duckdb

source, folder = sys.argv[1:3]
database = duckdb.connect()
database.execute(
    """
    CREATE TABLE rows AS
    SELECT *, year(CommittedFrom) AS year, strftime(date_trunc('month', CommittedFrom), '%Y-%m') AS month,
        isodow(CommittedFrom) - 1 AS weekday, hour(CommittedFrom) // 3 AS band,
        CAST(HarmDays * 100 AS BIGINT) AS harm
    FROM (SELECT
        CAST(CommittedFrom AS TIMESTAMP) AS CommittedFrom, Borough, WardCode, LSOACode, CAST(Easting AS INTEGER) AS Easting,
        CAST(Northing AS INTEGER) AS Northing, MajorType, CAST(HarmDays AS DECIMAL(12, 2)) AS HarmDays, DomesticAbuse,
        HateCrime, Knife, Alcohol, Injury, VictimRef, CAST(VictimAge AS INTEGER) AS VictimAge, VictimSex,
        VictimEthnicity, SuspectRef, CAST(SuspectAge AS INTEGER) AS SuspectAge, SuspectSex, SuspectEthnicity
      FROM read_csv(?, header = true, all_varchar = true, quote = '"'))
    """,
    [source],
)


def persons(column):
    return f"""
        WITH totals AS (
            SELECT count(*) AS n, sum(harm) AS harm FROM rows WHERE {column} IS NOT NULL GROUP BY {column}),
        held AS (
            SELECT sum(harm) OVER (ORDER BY harm DESC ROWS UNBOUNDED PRECEDING) AS harm,
                sum(n) OVER (ORDER BY n DESC ROWS UNBOUNDED PRECEDING) AS n
            FROM totals),
        whole AS (SELECT count(*) AS persons, sum(n) AS n, sum(harm) AS harm FROM totals)
        SELECT persons, n, harm,
            (SELECT count(*) FROM held WHERE held.harm * 2 < whole.harm) + 1,
            (SELECT count(*) FROM held WHERE held.n * 2 < whole.n) + 1
        FROM whole"""


def profile(person):
    return f"""
        SELECT {person}Age // 10 * 10, {person}Sex, {person}Ethnicity, count(*), sum(harm) FROM rows
        WHERE {person}Ref IS NOT NULL GROUP BY ALL"""


tables = {
    "01_type_year": "SELECT MajorType, year, count(*), sum(harm) FROM rows GROUP BY ALL",
    "02_suspects": persons("SuspectRef"),
    "03_victims": persons("VictimRef"),
    "04_borough_year_abuse": "SELECT Borough, year, DomesticAbuse, count(*) FROM rows GROUP BY ALL",
    "05_area_type": "SELECT LSOACode, MajorType, count(*) FROM rows GROUP BY ALL",
    "06_weekday_band_type": "SELECT weekday, band, MajorType, count(*) FROM rows GROUP BY ALL",
    "07_month_type": "SELECT month, MajorType, count(*) FROM rows GROUP BY ALL",
    "08_victim_profile": profile("Victim"),
    "09_suspect_profile": profile("Suspect"),
    "10_ward_year_type": "SELECT WardCode, year, MajorType, count(*) FROM rows GROUP BY ALL",
    "11_flags_injury": "SELECT DomesticAbuse, HateCrime, Knife, Alcohol, Injury, count(*) FROM rows GROUP BY ALL",
    "12_cells": "SELECT Easting // 250, Northing // 250, count(*), sum(harm) FROM rows GROUP BY ALL",
}
for name, query in tables.items():
    database.execute(f"COPY ({query}) TO '{folder}/{name}.csv' (HEADER false)")
