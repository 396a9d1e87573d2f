"""The twelve tables by polars: one lazy scan, twelve queries collected together (its recommended way).

Usage: twelve_polars.py FILE FOLDER
"""

import sys

import polars as pl

source, folder = sys.argv[1:3]
types = {
    name: pl.String
    for name in (
        "CrimeNumber CommittedFrom RecordedOn Borough WardCode LSOACode MajorType MinorType HOClass DomesticAbuse "
        "HateCrime Knife Alcohol Injury VictimRef VictimSex VictimEthnicity SuspectRef SuspectSex SuspectEthnicity"
    ).split()
}
types |= {name: pl.Int32 for name in ("Easting", "Northing", "VictimAge", "SuspectAge")}
types["HarmDays"] = pl.Float64

time = pl.col("CommittedFrom").str.to_datetime("%Y-%m-%dT%H:%M", time_unit="ms")
rows = pl.scan_csv(source, schema_overrides=types).with_columns(
    time=time, harm=(pl.col("HarmDays") * 100).round().cast(pl.Int64)
)
rows = rows.with_columns(
    year=pl.col("time").dt.year(),
    weekday=pl.col("time").dt.weekday() - 1,
    band=pl.col("time").dt.hour() // 3,
    month=pl.col("time").dt.truncate("1mo"),
)
count = pl.len().alias("count")
harm = pl.col("harm").sum().alias("harm_sum")


def persons(column):
    totals = rows.filter(pl.col(column).is_not_null()).group_by(column).agg(count, harm)

    def holders(value):
        held = pl.col(value).sort(descending=True).cum_sum()
        return (held * 2 < held.last()).sum() + 1

    return totals.select(
        pl.len().alias("persons"),
        pl.col("count").sum(),
        pl.col("harm_sum").sum(),
        holders("harm_sum").alias("half_harm"),
        holders("count").alias("half_count"),
    )


def profile(person):
    band = pl.col(f"{person}Age") // 10 * 10
    known = rows.filter(pl.col(f"{person}Ref").is_not_null())
    return known.group_by(band, f"{person}Sex", f"{person}Ethnicity").agg(count, harm)


tables = {
    "01_type_year": rows.group_by("MajorType", "year").agg(count, harm),
    "02_suspects": persons("SuspectRef"),
    "03_victims": persons("VictimRef"),
    "04_borough_year_abuse": rows.group_by("Borough", "year", "DomesticAbuse").agg(count),
    "05_area_type": rows.group_by("LSOACode", "MajorType").agg(count),
    "06_weekday_band_type": rows.group_by("weekday", "band", "MajorType").agg(count),
    "07_month_type": rows.group_by("month", "MajorType")
    .agg(count)
    .with_columns(pl.col("month").dt.strftime("%Y-%m")),
    "08_victim_profile": profile("Victim"),
    "09_suspect_profile": profile("Suspect"),
    "10_ward_year_type": rows.group_by("WardCode", "year", "MajorType").agg(count),
    "11_flags_injury": rows.group_by("DomesticAbuse", "HateCrime", "Knife", "Alcohol", "Injury").agg(count),
    "12_cells": rows.group_by(
        (pl.col("Easting") // 250).alias("east"), (pl.col("Northing") // 250).alias("north")
    ).agg(count, harm),
}
for name, table in zip(tables, pl.collect_all(list(tables.values()))):
    table.write_csv(f"{folder}/{name}.csv", include_header=False)
